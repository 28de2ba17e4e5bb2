import { afterEach, expect, it } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { approve, ask, begin, declare, resolve } from './guided-run.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

describeWith('chromium', 'the guided run, in trouble', (program) => {
  const browser = useBrowser(program);
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  const turn = (name: string | RegExp) => sandbox.panel('Break things').getByRole('switch', { name }).click();
  const measuredRto = () => sandbox.guide.getByRole('listitem').first().textContent();

  it('stops at a promotion that fails, says so, and never calls it a success', async () => {
    sandbox = await openSandbox(browser());
    const { guide, panel } = sandbox;
    await begin(sandbox);
    await turn('Promoting dr-database fails');
    await declare(sandbox);
    await ask(sandbox);
    await approve(sandbox);
    await guide.getByText('The run is paused and waits for people').waitFor();
    const run = panel('Recovery run');
    const waits = run.getByRole('list', { name: 'Waits for people' });
    expect(await waits.textContent()).toMatch(
      /promote failed: rds:dr-database .*Found: DB instance dr-database .*Next: /,
    );
    await run.getByRole('row', { name: /^promote .*failed/ }).waitFor();

    await sandbox.become('Ana');
    await sandbox.press(/^Abort/, /^Abort/);
    await guide.getByText('The run did not succeed').waitFor();
    await run.getByText('Aborted: Fail over to the standby Region').first().waitFor();
    expect(await run.getByRole('row', { name: /^traffic / }).textContent()).toContain('not run');
    expect(await sandbox.messages.filter({ hasText: /Succeeded/ }).count()).toBe(0);
    expect(sandbox.complaints).toEqual([]);
  });

  it('recovers after all when the promotion is mended and tried again', async () => {
    sandbox = await openSandbox(browser());
    const { guide, panel } = sandbox;
    await begin(sandbox);
    await turn('Promoting dr-database fails');
    await declare(sandbox);
    await ask(sandbox);
    await approve(sandbox);
    await guide.getByText('The run is paused and waits for people').waitFor();
    await turn('Promoting dr-database fails');
    await sandbox.become('Ana');
    await sandbox.press(/^Retry/);
    await resolve(sandbox);
    expect(await measuredRto()).toMatch(/^RTO .*met/);
    await panel('Recovery run')
      .getByRole('row', { name: /^promote .*done/ })
      .waitFor();
    expect(sandbox.complaints).toEqual([]);
  });

  it('goes on where it was after Muster was killed in the middle of it', async () => {
    sandbox = await openSandbox(browser());
    const { panel, chip } = sandbox;
    await begin(sandbox);
    await declare(sandbox);
    await ask(sandbox);
    await approve(sandbox);
    const run = panel('Recovery run');
    await run.getByRole('row', { name: /^promote .*running/ }).waitFor();
    await panel('Break things').getByRole('button', { name: 'Kill Muster' }).click();
    await chip.filter({ hasText: /Muster was killed at .*, (starts again in|and is starting again)/ }).waitFor();
    await run.getByText('Muster is away.').waitFor();
    await chip.filter({ hasText: /Muster is back: it was killed at .* and went on/ }).waitFor();
    await resolve(sandbox);
    expect(await measuredRto()).toMatch(/^RTO .*met/);
    const calls = panel('Simulated cloud').getByRole('list', { name: 'Calls that changed something' });
    expect(await calls.getByText('PromoteReadReplica').count()).toBe(1);
    expect(sandbox.complaints.filter((one) => !/ 50[23]\b/.test(one))).toEqual([]);
  });

  it('says which ways are left while the approver is asleep, and one of them ends it', async () => {
    sandbox = await openSandbox(browser());
    const { guide, panel } = sandbox;
    await begin(sandbox);
    await turn(/^Ben, an approver/);
    await declare(sandbox);
    await ask(sandbox);
    await guide.getByText('Everybody who may approve is asleep').waitFor();
    const advice = await panel('Break things').getByText('Nobody awake may approve').textContent();
    const [, code] = /break-glass (\w+)/.exec(advice ?? '') ?? [];
    await sandbox.pace(60);
    await panel('Pager')
      .getByRole('button', { name: /^Pager [1-9]/ })
      .waitFor();
    await sandbox.pace(10);

    await sandbox.become('Ana');
    await sandbox.type(`/dr break-glass ${code} Nobody who may approve can be reached.`);
    await resolve(sandbox);
    expect(await measuredRto()).toMatch(/^RTO .*met/);
    expect(sandbox.complaints).toEqual([]);
  });
});
