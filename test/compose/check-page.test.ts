import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { checkPage, loadSettingsHome } from '../../src/compose/terminal.ts';
import { readSettings } from '../../src/config/settings.ts';
import { createHarness } from '../cli/harness.ts';
import type { townHome } from '../support/town.ts';

const acme = join(import.meta.dirname, '../../examples/acme/muster.yml');

describe('the component ids of muster.yml', () => {
  let far: SimulatedStatuspage;
  let homeDir: string;
  beforeEach(async () => {
    homeDir = await mkdtemp(join(tmpdir(), 'muster-page-'));
    await writeFile(join(homeDir, 'muster.yml'), await readFile(acme, 'utf8'));
    const { home } = await loadSettingsHome(readSettings({ MUSTER_HOME: homeDir }));
    far = await startStatuspage({ home, readingKey: 'reader' });
  });
  afterEach(async () => {
    await far.stop();
    await rm(homeDir, { recursive: true });
  });

  const run = async (word: string, over: Record<string, string | undefined> = {}) => {
    const env = { MUSTER_HOME: homeDir, STATUSPAGE_API_URL: far.url, STATUSPAGE_API_KEY: far.key, ...over };
    const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const settings = readSettings(Object.fromEntries(set));
    const outside = {
      settings: () => settings,
      loadHome: () => loadSettingsHome(settings),
      checkPage: (home: typeof townHome) => checkPage(settings, home),
    };
    return createHarness().run([word], outside);
  };

  it('are all on the page: nothing more is said', async () => {
    expect(await run('check')).toMatchObject({ code: 0, out: 'No fault found.' });
    expect((await run('doctor')).out).toContain('is reached at 127.0.0.1:');
  });

  it('are named with their place and the nearest that the page has', async () => {
    const [id] = far.page.components.keys();
    const component = far.page.components.get(id ?? '');
    if (!id || !component) throw new Error('the page shows no component');
    far.page.components.delete(id);
    far.page.components.set(`${id}s`, { ...component, id: `${id}s`, name: 'Checkout' });
    const lines = (await readFile(acme, 'utf8')).split('\n');
    const line = lines.findIndex((each) => each.includes(id));
    const { code, out } = await run('check');
    expect(code).not.toBe(0);
    expect(out).toContain(`muster.yml:${line + 1}:${(lines[line]?.indexOf(id) ?? 0) + 1} ${id} is not on page`);
    expect(out).toContain(`did you mean ${id}s (Checkout)?`);
    expect((await run('doctor')).out).toMatch(/lacks\s+Page \S+ is reached at .*, and lacks 1 of the components/);
  });

  it('are not to stand for a group', async () => {
    for (const component of far.page.components.values()) component.group = true;
    expect((await run('check')).out).toContain('is a group on page');
  });

  it('are said to be unchecked without a key, which is no fault', async () => {
    const { code, out } = await run('check', { STATUSPAGE_API_KEY: undefined });
    expect(code).toBe(0);
    expect(out).toContain('its component ids in muster.yml were not checked');
    expect(far.page.refused).toEqual([]);
  });

  it.each([
    ['a key that nobody has', { STATUSPAGE_API_KEY: 'k3y-of-nobody' }, 'Statuspage does not know the key'],
    ['a page that is away', {}, 'it answered 503'],
  ] as const)('are unknown with %s, which is no fault', async (what, over, why) => {
    far.faults.down = what === 'a page that is away' ? '503' : 'no';
    const { code, out } = await run('check', over);
    expect(code).toBe(0);
    expect(out).toContain('It is unknown whether page');
    expect(out).toContain(why);
    expect(out).not.toContain('k3y');
  });
});
