import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { approve, ask, begin, declare } from './guided-run.ts';
import { handsOn } from './hands.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

describeWith('chromium', 'the page on a phone', (program) => {
  const browser = useBrowser(program);
  const context = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox(browser(), { context });
  });
  afterAll(() => sandbox.close());

  it('folds the guide to one line, and remembers it', async () => {
    const { page, guide } = sandbox;
    await begin(sandbox);
    const typeIt = guide.getByRole('button', { name: 'Type it for me' });
    await typeIt.waitFor();
    await guide.getByRole('button', { name: 'Less of the guide' }).click();
    await typeIt.waitFor({ state: 'hidden' });
    await page.reload();
    await guide.getByText('1 of 3').waitFor();
    expect(await typeIt.isVisible()).toBe(false);
    await guide.getByRole('button', { name: 'More of the guide' }).click();
    await typeIt.waitFor();
  });

  it('has no word of keys', async () => {
    const { page, line } = sandbox;
    await line.fill('/dr ');
    await page.getByRole('option', { name: /^declare/ }).waitFor();
    expect(await page.getByText('completes').isVisible()).toBe(false);
    await line.fill('');
  });

  it('shows who one is where one types, and lets one be somebody else', async () => {
    const { page } = sandbox;
    await page.getByRole('button', { name: 'Ana, that is you; be somebody else' }).click();
    await page.getByRole('menuitem', { name: /^Cat publisher/ }).click();
    await page.getByRole('button', { name: 'Cat, that is you; be somebody else' }).click();
    await page.getByRole('menuitem', { name: /^Ana/ }).click();
  });

  it('brings the run into view when it begins', async () => {
    await declare(sandbox);
    await ask(sandbox);
    await approve(sandbox);
    await sandbox
      .panel('Recovery run')
      .getByRole('row', { name: /^promote/ })
      .waitFor();
  });

  it('goes back from a thread to its channel', async () => {
    const { page, messages } = sandbox;
    await page
      .getByRole('navigation', { name: 'Parts of the page' })
      .getByRole('button', { name: /^Conversation/ })
      .click();
    await messages.getByRole('button', { name: 'Reply in thread' }).last().click();
    const thread = page.getByRole('region', { name: 'Thread' });
    await thread.getByRole('button', { name: '← Back to # inc-1-api-fails' }).click();
    await thread.waitFor({ state: 'detached' });
  });

  it('has the guide for a browser that comes later, where things stand', async () => {
    const other = await browser().newContext(context);
    const page = await other.newPage();
    await page.goto(sandbox.url);
    await page.getByRole('button', { name: 'Guide', exact: true }).click();
    await handsOn(page)
      .guide.getByText(/^Muster leaves us-east-1|^The run succeeded/)
      .waitFor();
    await other.close();
    expect(sandbox.complaints).toEqual([]);
  });
});
