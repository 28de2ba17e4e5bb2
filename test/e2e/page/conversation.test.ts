import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

describeWith('chromium', 'a recovery by hand on the page', (program) => {
  const browser = useBrowser(program);
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox(browser(), { scale: 120 });
  });
  afterAll(() => sandbox.close());

  it('carries out what was typed before its first state came', async () => {
    const { page, dialog } = sandbox;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/sandbox/api/events', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await sandbox.type('/dr declare');
    expect(await dialog.count()).toBe(0);
    letGo();
    await dialog.getByRole('textbox', { name: 'What is wrong?' }).waitFor();
    await page.unroute('**/sandbox/api/events');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('keeps an open form over a reload, and renders no markup of what was typed', async () => {
    const { page, dialog } = sandbox;
    await sandbox.type('/dr declare');
    const title = dialog.getByRole('textbox', { name: 'What is wrong?' });
    await title.waitFor();
    await page.reload();
    await title.and(page.locator(':focus')).waitFor();
    await title.fill('Nobody can <b>pay</b> <!channel>');
    await dialog.getByRole('checkbox', { name: /^api/ }).check();
    await dialog.getByRole('button', { name: 'Declare' }).click();
    await dialog.waitFor({ state: 'detached' });
    await sandbox.goTo('inc-1');
    const header = await sandbox.seen(/INC-1 · P1.*Services:/s);
    expect(await header.textContent()).toContain('Nobody can ‹b›pay‹/b› ‹!channel›');
    expect(await header.locator('b, strong').filter({ hasText: /^pay$/ }).count()).toBe(0);
  });

  it('shows what a wrong phrase does: a sentence at its field, and nothing else', async () => {
    const { dialog } = sandbox;
    await sandbox.type('/dr failover tasks=8');
    const phrase = dialog.getByRole('textbox', { name: /^Type FAILOVER/ });
    await phrase.fill('failover');
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Nothing has been done.' }).waitFor();
    await phrase.fill('FAILOVER');
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await dialog.waitFor({ state: 'detached' });
    await sandbox.seen(/Approval needed/);
  });

  it('lets another person approve, after a reload as that person, and follows the run to its end', async () => {
    const { page } = sandbox;
    await sandbox.become('Ben');
    await page.reload();
    await page.getByRole('list', { name: 'You are' }).getByRole('button', { name: /Ben/, pressed: true }).waitFor();
    await sandbox.press(/^Approve/, /^Approve/);
    await sandbox.seen(/Succeeded: Fail over/);
    const run = sandbox.panel('Recovery run');
    await run.getByText('Succeeded: Fail over to the standby Region').first().waitFor();
    const words = page.getByRole('list', { name: 'The picture in words' });
    expect(await words.textContent()).toMatch(/dr-database in us-west-2: primary, takes writes/);
  });

  it('has had nothing to complain of', () => {
    expect(sandbox.complaints).toEqual([]);
  });
});
