import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomIds } from '../../src/clock/ids.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Person } from '../../src/domain/person.ts';
import { createRehearsals } from '../../src/rehearsal/create-rehearsals.ts';
import type { RehearsalDeps } from '../../src/rehearsal/deps.ts';
import type { RehearsalAsk, RehearsalEnd, Rehearsals } from '../../src/rehearsal/rehearsal.ts';
import { readAudit } from '../../src/store/audit.ts';
import { copyMadeStore } from '../support/made-store.ts';
import { rehearsalReport } from '../support/rehearsals.ts';
import { people, type SimulatedMuster, sourceProgram, startSimulatedMuster } from '../support/simulated-muster.ts';
import { commandOf, moveCommand, otherHome } from './other-home.ts';

const { ana, dov, eve } = people;
const failover: RehearsalAsk = { command: 'failover', inputs: { tasks: '8' }, dark: false, troubles: [] };

const other: RehearsalAsk = { command: 'move', inputs: {}, dark: false, troubles: [] };
const ina: Person = { name: 'ina', slack: 'U0INA', door: 'slack' };

/** Of another home than the Muster's own. */
function otherRehearsals({ store, clock }: SimulatedMuster, over: Partial<RehearsalDeps> = {}): Rehearsals {
  return createRehearsals({
    ...{ home: otherHome, commands: [moveCommand], store, clock, real: systemClock },
    ...{ ids: randomIds, log: createLog('silent'), program: sourceProgram, groups: async () => [] },
    newStore: copyMadeStore,
    ...{ homeDir: '', cloud: undefined, ownRegion: undefined, mayLeave: undefined, ...over },
  });
}

describe('a rehearsal', () => {
  let muster: SimulatedMuster;
  let rehearsals: Rehearsals;

  beforeAll(async () => {
    for (const name of secrets) process.env[name] = 'not for a rehearsal';
    muster = await startSimulatedMuster();
    ({ rehearsals } = muster);
  });
  afterAll(async () => {
    for (const name of secrets) delete process.env[name];
    await muster.close();
  });

  const rehearse = async (over: Partial<RehearsalAsk> = {}, by: Person = dov): Promise<RehearsalEnd> =>
    (await rehearsals.begin({ ...failover, ...over }, by)).ended;
  const reportOf = (end: RehearsalEnd) => {
    if (end.kind !== 'reported') throw new Error(end.sentence);
    return end.report;
  };
  const statusOf = (end: RehearsalEnd, id: string) => reportOf(end).steps.find((step) => step.id === id)?.status;
  const written = async () =>
    (await muster.store.tx((tx) => readAudit(tx, { limit: 500 }))).filter(({ what }) => what.startsWith('rehearsal.'));

  it('of a Region that is well ends with measures, with nothing of ours in its environment or in our store', async () => {
    const begun = await rehearsals.begin(failover, dov);
    expect(begun.sentence).toMatch(/^Rehearsal of failover started: nothing real is touched\. It is graceful/);
    const end = await begun.ended;
    const report = reportOf(end);
    expect(report).toMatchObject({
      outcome: 'succeeded',
      inputs: { tasks: 8 },
      rpo: { objectiveMs: 900_000 },
      cloud: { writersOverlapMs: 0, traffic: [{ name: 'api.dr.example.com', region: 'us-west-2' }] },
      environment: ['HOME'],
    });
    expect(report.rto.ms).toBeGreaterThan(5 * 60_000);
    expect(report.rto.ms).toBeLessThan(report.rto.objectiveMs ?? 0);
    expect(report.rpo.ms).not.toBeNull();
    expect(report.steps.every(({ tookMs, standIn }) => tookMs !== null && !standIn)).toBe(true);
    expect(end.sentence).toMatch(/^In rehearsal, failover succeeded\. RTO: .*: met\./);
    expect(await muster.incidents.list()).toEqual([]);
    expect(begun.view.progress).toContain('promote: done');
    expect(await written()).toMatchObject([
      { what: 'rehearsal.started', who: 'dov', detail: { command: 'failover', inputs: { tasks: '8' }, dark: false } },
      { what: 'rehearsal.ended', who: 'dov', detail: { outcome: 'succeeded' } },
    ]);
  });

  it('of a dark Region is ungraceful, defers the fence, and says so', async () => {
    const end = await rehearse({ dark: true });
    expect(reportOf(end)).toMatchObject({ mode: 'ungraceful', outcome: 'succeeded-with-exceptions', dark: true });
    expect(reportOf(end).rto.ms).toBeGreaterThan(5 * 60_000);
    expect(statusOf(end, 'fence')).toBe('deferred');
    expect(end.sentence).toMatch(/^In rehearsal, failover succeeded with exceptions\./);
  });

  it('of a graceful run out of a dark Region shows that nobody could ask for it', async () => {
    const end = await rehearse({ dark: true, mode: 'graceful' });
    expect(reportOf(end)).toMatchObject({ outcome: 'blocked', rto: { ms: null }, elapsedMs: null });
    expect(reportOf(end).problems.join(' ')).toMatch(/fence/);
    expect(end.sentence).toMatch(/was blocked: nobody could have asked for it/);
  });

  it('in which the promotion fails is never a success, and says where a person would decide', async () => {
    const end = await rehearse({ troubles: ['promotion-fails'] });
    expect(['failed', 'aborted']).toContain(reportOf(end).outcome);
    expect(reportOf(end).pauses.join(' ')).toMatch(/promote/);
    expect(statusOf(end, 'promote')).toBe('failed');
    expect(reportOf(end).rto.ms).toBeNull();
    expect(end.sentence).not.toMatch(/succeeded/);
  });

  it('with a replica that is far behind shows that nobody could ask for a graceful run', async () => {
    const end = await rehearse({ troubles: ['replica-lag'] });
    expect(reportOf(end)).toMatchObject({
      outcome: 'blocked',
      troubles: ['dr-database is four hours behind its primary.'],
    });
    expect(reportOf(end).problems.join(' ')).toMatch(/lag/);
  });

  it('answers checkpoints by a stand-in and names them', async () => {
    const end = await rehearse({ command: 'restart-service', inputs: {} });
    expect(reportOf(end)).toMatchObject({ outcome: 'succeeded', checkpoints: [{ step: 'looked', answered: true }] });
  });

  it('of any other home runs in a cloud made from it, and names the checks that it could not exercise', async () => {
    const { ended } = await otherRehearsals(muster).begin(other, ina);
    const end = await ended;
    expect(reportOf(end)).toMatchObject({ outcome: 'succeeded', cloud: { traffic: [{ region: 'eu-central-1' }] } });
    expect(end.sentence).toContain('move succeeded, with 2 checks not exercised.');
    expect(
      reportOf(end)
        .steps.filter(({ standIn }) => standIn)
        .map(({ id }) => id),
    ).toEqual(['booked', 'answers']);
  });

  it('of what the rules refuse ends as it would in earnest', async () => {
    const { ended } = await otherRehearsals(muster, { ownRegion: 'eu-west-1' }).begin(other, ina);
    const { kind, sentence } = await ended;
    expect(kind).toBe('refused');
    expect(sentence).toMatch(/^In rehearsal, move was refused, as it would be in earnest: .*eu-west-1/);
  });

  it('of two steps with the same check and different answers is refused before anything is begun', async () => {
    const before = (await written()).length;
    const visit = { uses: 'http.check', with: { url: 'https://ledger.bank.example/up', status: 301 } };
    const steps = [
      { id: 'moved', ...visit },
      { id: 'stayed', ...visit, with: { ...visit.with, status: 200 } },
    ];
    const torn = commandOf('torn', JSON.stringify({ name: 'torn', title: 'Torn', steps }));
    const begun = otherRehearsals(muster, { commands: [torn] }).begin({ ...other, command: 'torn' }, ina);
    await expect(begun).rejects.toThrow(
      'torn cannot be rehearsed: moved and stayed ask https://ledger.bank.example/up',
    );
    expect(await written()).toHaveLength(before);
  });

  it('goes on one at a time, may be stopped, and is not for those without a role', async () => {
    const first = await rehearsals.begin(failover, dov);
    await expect(rehearsals.begin(failover, ana)).rejects.toThrow(/^dov rehearses failover since 20.* UTC, and one/);
    await expect(rehearsals.begin(failover, eve)).rejects.toThrow(/^Only a responder/);
    await expect(rehearsals.look(first.view.id, eve)).rejects.toThrow(/^Only a responder/);
    expect(await rehearsals.stop(ana)).toMatch(/^The rehearsal of failover was stopped by ana, without an outcome/);
    expect(await first.ended).toEqual({
      kind: 'without-outcome',
      sentence: 'The rehearsal of failover was stopped by ana, without an outcome. Nothing is known from it.',
    });
    expect((await rehearsals.look(first.view.id, dov)).end?.kind).toBe('without-outcome');
    expect((await written()).at(-1)).toMatchObject({ detail: { outcome: 'without-outcome' } });
    await expect(rehearsals.stop(ana)).rejects.toThrow('No rehearsal is under way');
  });

  it.each([
    [{ command: 'failovr' }, 'There is no command failovr: did you mean failover?'],
    [{ inputs: { tasks: 'many' } }, 'tasks'],
    [{ inputs: { task: '8' } }, 'failover has no input task: did you mean tasks?'],
    [{ troubles: ['promotion-fail'] }, 'There is no trouble promotion-fail: did you mean promotion-fails?'],
    [{ command: 'restart-service', inputs: {}, troubles: ['promotion-fails'] }, 'cannot happen to restart-service'],
    [{ command: 'restart-service', inputs: {}, mode: 'ungraceful' as const }, 'restart-service has no mode ungraceful'],
  ])('refuses %j before anything is begun', async (over, sentence) => {
    const before = (await written()).length;
    await expect(rehearsals.begin({ ...failover, ...over }, ana)).rejects.toThrow(sentence);
    expect(await written()).toHaveLength(before);
  });
});

const secrets = ['AWS_ACCESS_KEY_ID', 'SLACK_BOT_TOKEN', 'STATUSPAGE_API_KEY', 'SMTP_URL', 'MUSTER_PAGER_SECRET'];

describe('a rehearsal whose process', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  /** A program of our own instead of the built one. */
  async function programOf(source: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-'));
    folders.push(folder);
    const script = join(folder, 'program.mjs');
    await writeFile(script, source);
    return script;
  }

  async function endOf(source: string, limitMs = 60_000): Promise<RehearsalEnd> {
    const program = { script: await programOf(source), execArgv: [], limitMs };
    const muster = await startSimulatedMuster({ rehearsalProgram: program });
    try {
      return await (await muster.rehearsals.begin(failover, ana)).ended;
    } finally {
      await muster.close();
    }
  }

  it.each([
    [
      'is killed in the middle',
      `process.send({ kind: 'ready' }); process.on('message', () => process.kill(process.pid, 'SIGKILL'));`,
      'its process ended (SIGKILL)',
    ],
    ['ends without a word', 'process.exit(7);', 'its process ended (exit code 7)'],
    [
      'says what is no report',
      `process.send({ kind: 'reported', report: { outcome: 'succeeded' } });`,
      'its process said something that cannot be read',
    ],
  ])('%s has no outcome, and it says why', async (_what, program, why) => {
    expect(await endOf(program)).toEqual({
      kind: 'without-outcome',
      sentence: `The rehearsal of failover ended without an outcome: ${why}. Nothing is known from it.`,
    });
  });

  it('hangs is ended by its limit', async () => {
    const end = await endOf('setInterval(() => {}, 1_000);', 500);
    expect(end.sentence).toBe(
      'The rehearsal of failover ended without an outcome: it did not end within 0.5 seconds. Nothing is known from it.',
    );
  });

  it('leaves a folder that cannot be removed has its report all the same, and the log says where that is', async () => {
    const source = `import { mkdirSync } from 'node:fs';
for (let deep = 0; deep < 20; deep += 1) {
  mkdirSync('d'.repeat(250));
  process.chdir('d'.repeat(250));
}
process.send(${JSON.stringify({ kind: 'reported', report: rehearsalReport() })});`;
    const program = { script: await programOf(source), execArgv: [], limitMs: 60_000 };
    const warned: { folder?: string }[] = [];
    const muster = await startSimulatedMuster();
    try {
      const log = { warn: (fields: object) => void warned.push(fields), error: () => undefined };
      const { ended } = await otherRehearsals(muster, { program, log }).begin(other, ina);
      expect(await ended).toMatchObject({ kind: 'reported', report: { outcome: 'succeeded' } });
      expect(warned).toMatchObject([
        { err: { code: 'ENAMETOOLONG' }, folder: expect.stringContaining('muster-rehearsal-') },
      ]);
    } finally {
      await muster.close();
      for (const { folder = '' } of warned) execFileSync('rm', ['-rf', folder]);
    }
  });

  it('still runs when Muster stops ends with it, and none is begun any more', async () => {
    const muster = await startSimulatedMuster();
    try {
      const { ended } = await muster.rehearsals.begin(failover, ana);
      await muster.rehearsals.close();
      expect((await ended).sentence).toMatch(/ended with Muster, without an outcome/);
      await expect(muster.rehearsals.begin(failover, ana)).rejects.toThrow(/^Muster is stopping: nothing was begun/);
    } finally {
      await muster.close();
    }
  });
});
