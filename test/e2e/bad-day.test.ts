import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { verifyExport } from '../../src/reports/audit.ts';
import { readEvidence } from '../laws/support/evidence.ts';
import * as stage from './bad-day-stage.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type Outside, startOutside } from './outside.ts';
import type { Shell } from './terminal-hands.ts';

const minute = 60_000;
jest.setTimeout(4 * minute);
/** Clock time for each unit of real time. */
const pace = { waiting: 60, talking: 1, run: 30, watch: 4 };
const done = { code: 0, err: '' };

describe('the bad day', () => {
  let home: Awaited<ReturnType<typeof stage.homeOfTwoApprovers>>;
  let outside: Outside;
  let ledger: Ledger;
  let ana: Shell;
  let dov: Shell;
  let dark = '';
  let channel = '';
  let code = '';

  beforeAll(async () => {
    home = await stage.homeOfTwoApprovers();
    outside = await startOutside({ homeDir: home.path, scale: pace.waiting });
    ledger = openLedger(outside, outside.clock.now());
    ana = stage.terminalOf(outside, home.path, 'ana');
    dov = stage.terminalOf(outside, home.path, 'dov');
  });
  afterAll(async () => {
    await outside?.close();
    await home?.remove();
  });

  const world = () => outside.farEnds.world.world;
  const overlapMs = () => world().audit().writersOverlapMs;
  const anHourLater = () => outside.stopTime(new Date(outside.clock.now().getTime() + 60 * minute));

  it('begins with the primary Region dark: it cannot be left gracefully, and is asked for ungracefully', async () => {
    dark = world().setFault({ kind: 'region-dark', region: 'us-east-1' });
    channel = await outside.declare('U0ANA', 'us-east-1 is dark');
    await outside.dr('U0ANA', 'failover tasks=8', channel);
    expect((await outside.modal('U0ANA')).body.submit).toBeUndefined();
    await stage.closeForm(outside, 'U0ANA');
    await outside.dr('U0ANA', 'failover tasks=8 mode=ungraceful', channel);
    await stage.askInForm(outside, 'U0ANA', 'FAILOVER', 'The Region is dark.');
  });

  it('has a first approver who does not answer: whoever may approve is asked again, each by a direct message', async () => {
    const asked = await outside.seen('U0BEN', channel, /Approval needed/);
    code = /\b[A-Z0-9]{6}\b/.exec(asked.text)?.[0] ?? '';
    for (const user of ['U0BEN', 'U0DOV']) {
      await outside.seen(user, `direct-${user.toLowerCase()}`, new RegExp(`Your approval is asked for.*${code}`));
    }
    outside.letTimeGo(pace.talking);
    expect(stage.effectsOf(outside)).toEqual([]);
  });

  it('loses Slack: the terminal carries on, though the bot is killed twice', async () => {
    await ledger.quiet();
    const before = ledger.keys();
    outside.farEnds.slack.faults.down = '503';
    expect(await dov.type('approve', code)).toMatchObject(done);
    outside.letTimeGo(pace.run);
    await stage.killOnce(outside, 'PromoteReadReplica', { away: pace.talking, back: pace.run });
    await stage.statusThat(ana, /fence +deferred/);
    await stage.killOnce(outside, 'PutObject', { away: pace.talking, back: pace.run });
    const ended = await stage.statusThat(ana, /succeeded with exceptions/);
    expect(ended).toMatch(/exception: Fence deferred/);
    expect(ended).toMatch(/return guard on fence in us-east-1: armed/);
    expect(ledger.keys()).toEqual(before);
    expect(outside.bot.state.restarts).toBe(2);
  });

  it('has people in the standby, which alone takes writes, and Slack told of it once it is back', async () => {
    expect(stage.regionsServed(outside)).toEqual(['us-west-2']);
    expect(stage.databasesWriting(outside)).toEqual(['dr-database']);
    expect(overlapMs()).toBe(0);
    outside.letTimeGo(pace.talking);
    outside.farEnds.slack.faults.down = 'no';
    await outside.seen('U0ANA', channel, /us-east-1 could not be fenced \(fence\)\. A return guard watches it/);
    await outside.seen('U0DOV', channel, /\*failover\* in INC-1 succeeded .*with exceptions: .*fence deferred/i);
    await ledger.quiet();
  });

  it('is resolved with what was observed, and does not close while the old Region is not fenced', async () => {
    const resolved = await ana.type('resolve');
    expect(resolved).toMatchObject({ ...done, out: expect.stringMatching(/RTO +(\d+m )?\d+s of 1h, met/) });
    expect(resolved.out).toMatch(/RPO +not observed of 15m .*fence/);
    expect(await ana.type('close')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/us-east-1 was not fenced/),
    });
  });

  it('has the old Region back an hour later: the guard fences it at its next look and says what to reconcile', async () => {
    anHourLater();
    await ledger.quiet();
    expect(overlapMs()).toBe(0);
    const sentBefore = stage.effectsOf(outside).length;
    world().clearFault(dark);
    const backAt = outside.clock.now().getTime();
    outside.letTimeGo(pace.watch);
    const fenced =
      /us-east-1 came back, and the return guard of INC-1 has fenced it .*may have taken writes.*reconcile/;
    await outside.seen('U0ANA', channel, fenced, 120);
    const sent = stage.effectsOf(outside).slice(sentBefore);
    expect(sent.map(({ command, target }) => `${command} ${target}`)).toEqual([
      'RegisterScalableTarget ecs:prod-cluster/app-service',
      'UpdateService ecs:prod-cluster/app-service',
    ]);
    // What nobody can prevent: it writes from its return until it is told to stop, and while its tasks drain and end.
    const fencedAt = Date.parse(sent[1]?.at ?? '');
    expect(fencedAt - backAt).toBeLessThan(2 * minute);
    expect(overlapMs() - (fencedAt - backAt)).toBeLessThanOrEqual(minute);
  });

  it('gives nobody back to it, and has one writer from then on', async () => {
    const atFence = overlapMs();
    anHourLater();
    expect(overlapMs()).toBe(atFence);
    expect(stage.databasesWriting(outside)).toEqual(['dr-database']);
    expect(stage.regionsServed(outside)).toEqual(['us-west-2']);
    outside.letTimeGo(pace.talking);
    expect(await ana.type('close')).toMatchObject(done);
    await ledger.quiet();
  });

  it('told every audience once, and nobody of a success without its exception', () => {
    expectDifferent(ledger.keys());
    const lines = ledger.lines().map((line) => line.replace(/^\S+ /, ''));
    const at = (place: string) => lines.filter((line) => line.startsWith(place) && !line.endsWith(' update'));
    expect(at('#stakeholders')).toEqual(['#stakeholders declared', '#stakeholders all clear']);
    expect(at('#incidents')).toEqual(['#incidents all clear']);
    const { received } = outside.farEnds.mail.mailbox;
    expectDifferent(received.map(({ messageId }) => messageId));
    const [published, ...others] = outside.farEnds.statuspage.page.incidents;
    expect(others).toEqual([]);
    const stages = published?.incident_updates.map(({ status }) => status).toReversed() ?? [];
    expect(stages.filter((stage, index) => stage !== stages[index - 1])).toEqual([
      'investigating',
      'monitoring',
      'resolved',
    ]);
    const successes = stage.everythingTold(outside).filter((words) => /succeeded/i.test(words));
    expect(successes).not.toEqual([]);
    expect(successes.filter((words) => !/with exceptions/i.test(words))).toEqual([]);
  });

  it('leaves its evidence whole', async () => {
    expect(verifyExport((await dov.type('audit', 'export')).out)).toMatchObject({ ok: true });
    await outside.bot.stop();
    const evidence = await readEvidence({ ...outside, databaseUrl: undefined });
    const whole = { audit: { ok: true }, outcomes: ['succeeded-with-exceptions'], left: [], unfinished: [] };
    expect(evidence).toMatchObject({ ...whole, rows: decisions });
    const [postMortem] = outside.farEnds.slack.workspace.files.values();
    expect(postMortem?.content).toMatch(/The fencing of us-east-1 \(fence\) was deferred; its return guard is armed\./);
    expect(postMortem?.content).toMatch(/\| RPO: .* \| not observed \| 15m \| \*\*not shown\*\*/);
  });
});

/** The run's three effects and the guard's one: none of them twice, however often the bot died. */
const decisions = {
  'incident.declared': 1,
  'consent.requested': 1,
  'consent.approved': 1,
  'consent.granted': 1,
  'run.started': 1,
  'effect.sent': 4,
  'effect.observed': 4,
  'guard.armed': 1,
  'region.switched': 1,
  'run.ended': 1,
  'incident.resolved': 1,
  'guard.fenced': 1,
  'incident.closed': 1,
};

function expectDifferent(words: readonly string[]): void {
  expect(words.toSorted()).toEqual([...new Set(words)].toSorted());
}
