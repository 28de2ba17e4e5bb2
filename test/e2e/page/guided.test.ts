import { afterEach, expect, it } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { approve, ask, begin, declare, typeHint, untilMeasured, untilSucceeded } from './guided-run.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

describeWith('chromium', 'the guided run', (program) => {
  const browser = useBrowser(program);
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  it('ends in a recovery and shows what was measured', async () => {
    sandbox = await openSandbox(browser());
    const { guide, panel, page } = sandbox;
    await begin(sandbox);
    await panel('Simulated cloud').getByText('us-east-1 dark').waitFor();
    await declare(sandbox);
    await ask(sandbox);
    await panel('Recovery run')
      .getByRole('button', { name: /^Recovery run/ })
      .click();
    await approve(sandbox);
    // The guide opens what it speaks of, and leaves the focus where it is.
    await panel('Recovery run')
      .getByRole('row', { name: /^promote/ })
      .waitFor();
    await sandbox.line.and(page.locator(':focus')).waitFor();
    await untilSucceeded(sandbox);
    expect(await guide.textContent()).toContain('Fence deferred');
    await typeHint(sandbox);
    await untilMeasured(sandbox);

    expect(await guide.getByRole('listitem').first().textContent()).toMatch(/^RTO .*objective 1 h.*met/);
    expect(await guide.getByRole('listitem').last().textContent()).toMatch(/^RPO not observed .*objective 15 min/);
    const run = panel('Recovery run');
    expect(await run.textContent()).toContain('Succeeded with exceptions: Fail over to the standby Region');
    expect(await run.getByRole('row', { name: /^promote/ }).textContent()).toMatch(/done.*cannot be taken back/);
    const words = page.getByRole('list', { name: 'The picture in words' });
    expect(await words.textContent()).toMatch(/dr-database in us-west-2: primary, takes writes/);
    await sandbox.seen(/INC-1 api fails is resolved/);
    await guide.getByRole('button', { name: 'Close the guide' }).click();
    await guide.waitFor({ state: 'detached' });
    expect(sandbox.complaints).toEqual([]);
  });

  it('can be left at any time, and a reload does not bring it back', async () => {
    sandbox = await openSandbox(browser());
    const { guide, page } = sandbox;
    await begin(sandbox);
    await guide.getByRole('button', { name: 'Leave the guide' }).click();
    await guide.waitFor({ state: 'detached' });
    await page.reload();
    await sandbox.line.waitFor();
    await sandbox.chip.filter({ hasText: 'Muster is up' }).waitFor();
    expect(await guide.count()).toBe(0);
    expect(sandbox.complaints).toEqual([]);
  });

  it('plays by itself, while somebody looks on', async () => {
    sandbox = await openSandbox(browser(), { play: 'failover', scale: 300 });
    await sandbox.guide.getByText('This is played by itself').waitFor();
    await untilMeasured(sandbox);
    await sandbox.guide.getByText('The play is over; the sandbox goes on.').waitFor();
    await sandbox.page.getByRole('heading', { name: '# inc-1-' }).waitFor();
    expect(await sandbox.panel('Recovery run').textContent()).toContain('RTO');
    expect(sandbox.complaints).toEqual([]);
  });
});
