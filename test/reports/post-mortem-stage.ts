import { endBroadcast } from '../../src/store/broadcasts.ts';
import { endConsent, insertApproval, recordBrokenGlass } from '../../src/store/consents.ts';
import { insertGuard } from '../../src/store/guards.ts';
import { setChannel } from '../../src/store/incidents.ts';
import { endRun } from '../../src/store/runs.ts';
import { insertStepFact } from '../../src/store/steps.ts';
import { ana, type Ground } from '../incidents/ground.ts';
import { plannedStep } from '../support/plans.ts';

const ecs = { region: 'us-west-2', resource: 'ecs:dr-cluster/app-service' };
const old = { region: 'us-east-1', resource: 'ecs:prod-cluster/app-service' };
const risk = { seconds: 40, explain: 'the replica was 40 s behind at 12:04:00 UTC' };
const steps = [
  plannedStep('scale', {
    title: 'Standby service has its tasks',
    target: ecs,
    before: { desired: 2, autoscaling: '2 to 20', standing: 'fewer than asked' },
    after: { desired: 10, autoscaling: '10 to 20, suspended: scheduled', asked: 10, standing: 'as asked' },
  }),
  plannedStep('fence', { title: 'Old service takes no more writes', target: old, fence: true, fencing: 'deferred' }),
  plannedStep('promote', {
    title: 'Replica becomes the database',
    uses: 'rds.promote-read-replica',
    risk: 'irreversible',
    target: { region: 'us-west-2', resource: 'rds:dr-database' },
    before: { instance: 'dr-database', role: 'replica', source: 'arn:aws:rds:us-east-1:123456789012:db:prod-database' },
    after: { instance: 'dr-database', role: 'standalone', source: null },
    dataAtRisk: risk,
  }),
  plannedStep('traffic', {
    title: 'People reach the standby Region',
    uses: 'route53.switch-standby',
    traffic: 'latching',
    target: { region: 'us-west-2', resource: 's3:dr-switch/active' },
    before: { object: 'switch', present: false, answered: ['192.0.2.1'] },
    after: { object: 'switch', present: true, answered: ['198.51.100.1'], to: 'us-west-2' },
  }),
  plannedStep('serving', { title: 'Service answers people', uses: 'http.check', risk: 'read', kind: 'read' }),
];

/** A failover that went through with exceptions, and all that people decided on the way. Gives its run. */
export async function failOver(ground: Ground, incidentId: number): Promise<string> {
  await ground.minutes(2);
  await ground.tell({ kind: 'Escalated', incidentId, rung: 0, how: 'mention', to: ['ana', 'ben'] });
  await ground.write((tx) =>
    tx.query(
      `insert into escalation (incident_id, started_at, acknowledged_by, acknowledged_at) values ($1, $2, 'ben', $2)`,
      [incidentId, ground.clock.now()],
    ),
  );
  await ground.tell({ kind: 'Acknowledged', incidentId, by: 'ben' });
  const acceptances = [{ check: 'replica/lag', reason: 'the primary is *gone*', by: 'ana' }];
  const plan = await ground.plan(incidentId, { steps, mode: 'ungraceful', acceptances });
  await ground.tell({ kind: 'PlanPosted', incidentId, planId: plan.id });
  const asked = await ground.consent(plan);
  await ground.tell({ kind: 'ConsentRequested', incidentId, requestId: asked });
  await ground.minutes(1);
  await ground.write(async (tx) => {
    await insertApproval(tx, { consentId: asked, person: 'ben', door: 'slack', at: ground.clock.now() });
    await endConsent(tx, asked, 'granted', ground.clock.now());
    await tx.tell({ kind: 'ConsentChanged', incidentId, requestId: asked });
  });
  const runId = await ground.run(plan);
  await ground.write(async (tx) => {
    const captured = { at: ground.clock.now().toISOString(), count: 3 };
    const key = { runId, stepId: 'scale', attempt: 1 };
    await insertStepFact(tx, key, 'called', { input: {}, captured }, ground.clock.now());
    await insertGuard(
      tx,
      { id: 'guard_1', incidentId, runId, stepId: 'fence', region: 'us-east-1' },
      ground.clock.now(),
    );
    await tx.tell({ kind: 'GuardArmed', incidentId, guardId: 'guard_1' });
  });
  const began = ground.clock.now();
  const minuteOf = (minutes: number) => new Date(began.getTime() + minutes * 60_000).toISOString();
  const replicated = new Date(began.getTime() - 780_000).toISOString();
  await ground.minutes(15);
  await ground.steps(
    runId,
    { id: 'scale', startedAt: minuteOf(0), endedAt: minuteOf(5) },
    {
      id: 'fence',
      status: 'deferred',
      startedAt: minuteOf(0),
      endedAt: minuteOf(1),
      note: 'no answer',
      effectSent: false,
    },
    { id: 'promote', startedAt: minuteOf(1), endedAt: minuteOf(10), output: { last_replicated_at: replicated } },
    { id: 'traffic', startedAt: minuteOf(10), endedAt: minuteOf(13), output: { region: 'us-west-2' } },
    { id: 'serving', startedAt: minuteOf(13), endedAt: minuteOf(14), effectSent: false },
  );
  await ground.tell({ kind: 'RunChanged', incidentId, runId });
  await ground.tell({ kind: 'RegionSwitched', incidentId, runId, services: ['api'], region: 'us-west-2' });
  const amendment = { kind: 'skip', step: 'call', reason: 'seen by hand' } as const;
  const amended = await ground.consent(plan, { amendment, runId, state: 'granted', code: 'B2C3D4' });
  await ground.write((tx) => recordBrokenGlass(tx, amended, 'ana', 'ben is asleep | again'));
  const why = { requestId: amended, by: 'ana', reason: 'ben is asleep | again' };
  await ground.tell(
    { kind: 'GlassBroken', incidentId, ...why },
    { kind: 'ConsentChanged', incidentId, requestId: amended },
  );
  await ground.write(async (tx) => {
    const carried = 'replica/lag could not be read, and ana accepted that: “the primary is *gone*”';
    const exceptions = ['fence deferred: no answer', carried];
    const outcome = 'succeeded-with-exceptions' as const;
    await endRun(tx, runId, { outcome, exceptions, note: null, at: ground.clock.now() });
    await tx.tell({ kind: 'RunEnded', incidentId, runId, outcome });
  });
  return runId;
}

/** What was said, promised and kept, of which some did not arrive. */
export async function tellPeople(ground: Ground, incidentId: number): Promise<void> {
  const said = await ground.said(incidentId, { audience: 'stakeholders', body: 'Checkout is down; we move.' });
  const open = await ground.said(incidentId, { audience: 'public', origin: 'holding', saidBy: 'muster' });
  await ground.minutes(2);
  const at = ground.clock.now();
  const note = 'mail to x@example.com: no such mailbox';
  await ground.write(async (tx) => {
    await endBroadcast(tx, said, { state: 'partly', note, at });
    await endBroadcast(tx, open, { state: 'delivered', note: null, at });
    await tx.tell({ kind: 'BroadcastDelivered', incidentId, broadcastId: said, audience: 'stakeholders', note });
    await tx.tell({ kind: 'BroadcastDelivered', incidentId, broadcastId: open, audience: 'public', note: null });
    const made = new Date('2026-11-21T12:18:00Z');
    for (const [audience, promised, state] of [
      ['stakeholders', '2026-11-21T12:48:00Z', 'kept'],
      ['public', '2026-11-21T12:48:00Z', 'broken'],
    ]) {
      await tx.query(
        `insert into promise (incident_id, audience, made_at, promised_at, state, ended_at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [incidentId, audience, made, promised, state, new Date('2026-11-21T12:47:10Z'), said],
      );
    }
    const promised = new Date('2026-11-21T12:48:00Z');
    await tx.tell({ kind: 'PromiseBroken', incidentId, audience: 'public', promised });
    await setChannel(tx, incidentId, 'C0PM');
  });
  const { timeline } = ground.incidents();
  const ts = (minutes: number) => `${Date.parse('2026-11-21T12:00:00Z') / 1000 + minutes * 60}.000100`;
  await timeline.keep({ channel: 'C0PM', ts: ts(5), text: 'A | B\n# not a heading', who: 'U0BEN' }, ana);
  await timeline.keep({ channel: 'C0PM', ts: ts(6), text: 'secret', who: 'U0BEN' }, ana);
  await timeline.deleted({ channel: 'C0PM', ts: ts(6) });
  await timeline.keep({ channel: 'C0PM', ts: ts(7), text: 'first', who: 'U0BEN' }, ana);
  await timeline.edited({ channel: 'C0PM', ts: ts(7), text: 'second' });
  await ground.minutes(60);
}
