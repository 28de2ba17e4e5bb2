import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { violationsOf } from './axe.ts';
import { approve, begin, declare, openForm, resolve, untilSucceeded } from './guided-run.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const looks = ['light', 'dark'] as const;

describeWith('chromium', 'the page, as axe sees it', (program) => {
  const browser = useBrowser(program);
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox(browser(), { context: { reducedMotion: 'reduce' } });
  });
  afterAll(() => sandbox.close());

  /** In every size and look; where parts are shown one at a time, each of them. */
  async function faults(parts: readonly string[]): Promise<string[]> {
    const { page } = sandbox;
    const found: string[] = [];
    for (const colorScheme of looks) {
      await page.emulateMedia({ colorScheme });
      for (const size of sizes) {
        await page.setViewportSize(size);
        const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
        const shown = parts.length > 0 && (await tabs.isVisible()) ? parts : [undefined];
        for (const part of shown) {
          if (part !== undefined) await tabs.getByRole('button', { name: new RegExp(`^${part}`) }).click();
          const here = `${colorScheme} ${size.width} ${part ?? 'all'}`;
          found.push(...(await violationsOf(page)).map((one) => `${here}: ${one}`));
        }
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    return found;
  }

  it('would see a fault', async () => {
    const { page } = sandbox;
    await page.evaluate(
      `document.querySelector('main').insertAdjacentHTML('beforeend', '<img id="bare" src="data:,">')`,
    );
    expect(await violationsOf(page)).toEqual([expect.stringMatching(/^image-alt: #bare/)]);
    await page.reload();
    await sandbox.chip.filter({ hasText: 'Muster is up' }).waitFor();
  });

  it('has no serious fault before anything has happened', async () => {
    expect(await faults(['Channels', 'Conversation', 'World', 'Trouble'])).toEqual([]);
  });

  it('has none with a form open', async () => {
    await begin(sandbox);
    await declare(sandbox);
    await openForm(sandbox);
    expect(await faults([])).toEqual([]);
  });

  it('has none in the middle of a run', async () => {
    const { dialog, guide, panel } = sandbox;
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await guide.getByText('3 of 3').waitFor();
    await approve(sandbox);
    await panel('Recovery run')
      .getByRole('row', { name: /^promote .*running/ })
      .waitFor();
    await sandbox.pace(0);
    expect(await faults(['Conversation', 'World'])).toEqual([]);
    await sandbox.pace(60);
  });

  it('has none at the end', async () => {
    const { panel, page } = sandbox;
    await untilSucceeded(sandbox);
    expect(await faults([])).toEqual([]);
    await resolve(sandbox);
    for (const title of ['Mailbox', 'Pager', 'Terminal']) {
      await panel(title)
        .getByRole('button', { name: new RegExp(`^${title}`) })
        .click();
    }
    await panel('Mailbox').getByRole('listitem').first().getByRole('button').click();
    await page.getByRole('radio', { name: 'Plain text' }).check();
    expect(await faults(['Channels', 'Conversation', 'World', 'Trouble'])).toEqual([]);
  });

  it('has given the browser nothing to complain of', () => {
    expect(sandbox.complaints).toEqual([]);
  });
});
