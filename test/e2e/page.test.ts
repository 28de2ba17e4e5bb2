import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { openSandboxPage, type SandboxPage } from './sandbox-page.ts';

describeWith('chromium', 'the page of the sandbox', (program) => {
  let sandbox: SandboxPage;
  beforeAll(async () => {
    sandbox = await openSandboxPage(program, { scale: 120 });
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
    await dialog.getByText('What is wrong?').waitFor();
    await page.unroute('**/sandbox/api/events');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('declares by the keyboard alone, and a reload keeps the open form', async () => {
    const { page, dialog } = sandbox;
    await page.reload();
    await page.locator('#line:focus:enabled').waitFor();
    await page.keyboard.type('/dr declare');
    await page.keyboard.press('Enter');
    await dialog.getByText('What is wrong?').waitFor();
    await page.reload();
    await dialog.getByLabel('What is wrong?').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Nobody can <b>pay</b> <!channel>');
    for (const key of ['Tab', 'Tab', 'Space', 'Enter']) await page.keyboard.press(key);
    await dialog.waitFor({ state: 'detached' });
    await sandbox.goTo('inc-1');
    const header = await sandbox.seen(/INC-1 · P1/);
    expect(await header.textContent()).toContain('Nobody can ‹b›pay‹/b› ‹!channel›');
    expect(await header.locator('b, .mention', { hasText: /pay|channel/ }).count()).toBe(0);
  });

  it('shows what a wrong phrase does: a sentence at its field, and nothing else', async () => {
    const { dialog } = sandbox;
    await sandbox.type('/dr failover tasks=8');
    await dialog.getByLabel(/^Type FAILOVER/).fill('failover');
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await dialog.getByText('Nothing has been done.').waitFor();
    await dialog.getByLabel(/^Type FAILOVER/).fill('FAILOVER');
    await dialog.getByRole('button', { name: 'Ask for approval' }).click();
    await dialog.waitFor({ state: 'detached' });
    await sandbox.seen(/Approval needed/);
  });

  it('lets another person approve, after a reload as that person, and follows the run to its end', async () => {
    const { page } = sandbox;
    await sandbox.become('Ben');
    await page.reload();
    await page.locator('.people button[aria-pressed=true]', { hasText: 'Ben' }).waitFor();
    await sandbox.press(/^Approve/, /Approve/);
    await sandbox.seen(/Succeeded: Fail over/, 120);
    expect(await page.locator('#world').textContent()).toMatch(/us-west-2\s*serves people/);
  });

  it('has had nothing to complain of', () => {
    expect(sandbox.complaints).toEqual([]);
  });
});
