import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { described } from '../../src/broadcast/templates/described.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import { createHarness } from './harness.ts';

let homeDir = '';
beforeEach(async () => {
  homeDir = await mkdtemp(join(tmpdir(), 'muster-own-'));
});
afterEach(() => rm(homeDir, { recursive: true }));
const templates = () => loadTemplates({ homeDir, shippedDir: 'templates' });
const nobody = async (): Promise<never> => {
  throw new Error('no AWS identity is asked for');
};
const run = (line: string[]) => createHarness().run(line, { loadTemplates: templates, openDoor: nobody });

describe('muster template', () => {
  it('lists every template, with what it is for and what it is given', async () => {
    const { code, out } = await run(['template']);
    expect(code).toBe(0);
    for (const { name } of described) expect(out).toContain(`${name} `);
    expect(out).toMatch(
      /^closed +Slack +The incident’s channel, and #incidents below the announcement, when it is closed \(label, title\)$/m,
    );
  });

  it('shows the shipped one, by chat and by mail, at its smallest and largest', async () => {
    const { code, out } = await run(['template', 'completion']);
    expect(code).toBe(0);
    expect(out).toContain('From templates/completion.hbs');
    expect(out).toContain('From templates/completion.mail.txt.hbs, templates/completion.mail.html.hbs');
    expect(out.match(/^AT ITS SMALLEST$/gm)).toHaveLength(2);
    expect(out).toContain('Subject: INC-7 resolved: Checkout fails for everybody');
    expect(out).toContain('service-number-10 and 40 more');
    expect(out).not.toContain('<!doctype');
    expect((await run(['template', 'completion', '--html'])).out).toContain('<!doctype html>');
  });

  it('shows a home’s own, and one that is broken with its fault and what stands in', async () => {
    await writeFile(join(homeDir, 'closed.hbs'), 'Over: {{label}}');
    await writeFile(join(homeDir, 'resolved.hbs'), 'Done: {{lable}}');
    expect((await run(['template', 'closed'])).out).toMatch(
      /From .*muster-own-.*closed\.hbs[\s\S]*AS USUAL\nOver: INC-7/,
    );
    const { out } = await run(['template', 'resolved']);
    expect(out).toContain('From templates/resolved.hbs');
    expect(out).toMatch(/Broken: .*resolved\.hbs:1:9 there is no value lable here: did you mean label\?/);
  });

  it('answers as JSON', async () => {
    const [closed] = JSON.parse((await run(['template', 'closed', '--json'])).out);
    expect(closed).toMatchObject({ name: 'closed', goes: 'slack', from: ['templates/closed.hbs'] });
    expect(closed.examples.example.text).toContain('INC-7');
  });

  it('refuses a name that it does not know, with the nearest', async () => {
    const { code, err } = await run(['template', 'hand-ovr']);
    expect(code).toBe(2);
    expect(err).toBe('There is no template hand-ovr: did you mean hand-over?');
  });
});

describe('a broken template', () => {
  beforeEach(() => writeFile(join(homeDir, 'closed.hbs'), 'Over\n{{lable}}'));

  it('is a fault of muster check, beside those of the home', async () => {
    const fault = { file: 'muster.yml', line: 3, column: 1, message: 'is wrong' };
    const loadHome = async () => {
      throw new FaultyFiles([fault]);
    };
    const { code, out } = await createHarness().run(['check'], { loadTemplates: templates, loadHome });
    expect(code).toBe(1);
    expect(out).toContain('muster.yml:3:1 is wrong');
    expect(out).toContain(`${join(homeDir, 'closed.hbs')}:2:3 there is no value lable here: did you mean label?`);
  });

  it('is named by muster doctor', async () => {
    const loadHome = async () => {
      throw new FaultyFiles([]);
    };
    const { out } = await createHarness().run(['doctor'], { loadTemplates: templates, loadHome });
    expect(out).toContain('lacks  The templates have a fault, and the shipped one stands in: `muster check` names it.');
  });
});
