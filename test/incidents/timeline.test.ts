import { expect, it } from '@jest/globals';
import { nameAsPutBack } from '../../src/domain/put-back.ts';
import { noteRestart, noteTakeOver } from '../../src/recovery/run/note-restart.ts';
import { appendAudit } from '../../src/store/audit.ts';
import { endBroadcast } from '../../src/store/broadcasts.ts';
import { endConsent, insertApproval, recordBrokenGlass } from '../../src/store/consents.ts';
import { endGuard, insertGuard } from '../../src/store/guards.ts';
import { dropLease, takeLease } from '../../src/store/lease.ts';
import { insertReview } from '../../src/store/reviews.ts';
import { endRun, updateRun } from '../../src/store/runs.ts';
import { plannedStep } from '../support/plans.ts';
import { describeStores } from '../support/stores.ts';
import { ana, ben, useGround } from './ground.ts';

describeStores('the timeline, by itself', (stores) => {
  const ground = useGround(stores);

  it('says who declared, who commands, how severe it is and when it ended', async () => {
    const { id } = await ground.declare();
    await ground.minutes(1);
    await ground.incidents().assign({ incidentId: id, role: 'approvers', person: 'cat' }, ana);
    await ground.minutes(1);
    await ground.incidents().setSeverity({ incidentId: id, severity: 'p2' }, ana);
    await ground.incidents().assign({ incidentId: id, role: 'commanders', person: 'ben' }, ana);
    await ground.minutes(1);
    await ground.incidents().assign({ incidentId: id, role: 'commanders', person: 'ana' }, ana);
    await ground.incidents().resolve({ incidentId: id }, ben);
    await ground.incidents().close({ incidentId: id }, ben);
    expect(await ground.lines(id)).toEqual([
      `ana: Declared INC-${id} “Checkout fails” (P1; api), with impact since 2026-11-21 11:50:00 UTC; ana commands.`,
      'ana: Made cat one of the approvers.',
      'ana: Changed the severity from P1 to P2.',
      'ana: Made ben one of the commanders.',
      'ana: Handed command from ana to ben.',
      'ana: Took command from ben.',
      `ben: Resolved INC-${id}.`,
      `ben: Closed INC-${id}.`,
    ]);
  });

  it('says what was asked, who approved, and what came to nothing', async () => {
    const { id: incidentId } = await ground.declare();
    const acceptances = [{ check: 'replica/lag', reason: 'primary is gone', by: 'ana' }];
    const plan = await ground.plan(incidentId, { acceptances });
    await ground.tell({ kind: 'PlanPosted', incidentId, planId: plan.id });
    const first = await ground.consent(plan);
    await ground.tell({ kind: 'ConsentRequested', incidentId, requestId: first });
    await ground.minutes(3);
    await ground.tell({ kind: 'ConsentUnanswered', incidentId, requestId: first, rung: 1 });
    await ground.minutes(27);
    await ground.write((tx) => endConsent(tx, first, 'expired', ground.clock.now()));
    await ground.tell({ kind: 'ConsentChanged', incidentId, requestId: first });
    const second = await ground.consent(plan);
    await ground.minutes(1);
    await ground.write(async (tx) => {
      await insertApproval(tx, { consentId: second, person: 'ben', door: 'slack', at: ground.clock.now() });
      await endConsent(tx, second, 'granted', ground.clock.now());
      await tx.tell({ kind: 'ConsentChanged', incidentId, requestId: second });
      await tx.tell({ kind: 'ConsentChanged', incidentId, requestId: second });
    });
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      'ana: Planned failover (graceful), code A1B2C3: 1 step, about 10m.',
      'ana: Asked for failover A1B2C3; 1 other person is to approve.',
      'ana: Went on although replica/lag could not be read: primary is gone.',
      'muster: The request for failover A1B2C3 has waited 3m: its approvers were called again.',
      'muster: The request for failover A1B2C3 expired with 0 of 1 approvals: nothing was done for it.',
      'ana: Asked for failover A1B2C3; 1 other person is to approve.',
      'ben: Approved failover A1B2C3 (1 of 1).',
    ]);
  });

  it('says who broke the glass and what was changed of a run, with the reason', async () => {
    const { id: incidentId } = await ground.declare();
    const plan = await ground.plan(incidentId);
    const glass = await ground.consent(plan);
    await ground.write(async (tx) => {
      await recordBrokenGlass(tx, glass, 'ana', 'nobody answers.');
      await tx.tell({ kind: 'GlassBroken', incidentId, requestId: glass, by: 'ana', reason: 'nobody answers.' });
    });
    const amendment = { kind: 'defer-fence', step: 'fence', reason: 'the old Region is dark' } as const;
    const amended = await ground.consent(plan, { amendment, needed: 0, state: 'granted' });
    await ground.tell({ kind: 'ConsentChanged', incidentId, requestId: amended });
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      'ana: Broke the glass for failover A1B2C3: nobody answers.',
      'ana: Asked for deferring fence, a fence, in failover A1B2C3: the old Region is dark; nobody else needed to approve.',
    ]);
  });

  it('says once that Muster was away from a run', async () => {
    const { id: incidentId } = await ground.declare();
    const runId = await ground.run(await ground.plan(incidentId));
    await ground.minutes(5);
    await noteRestart({ store: ground.store() });
    await noteRestart({ store: ground.store() });
    const [, , , ...news] = await ground.lines(incidentId);
    expect(news).toEqual([
      expect.stringMatching(
        /^muster: Muster was interrupted and goes on with failover; the last it had written down was at 20\d\d-\S+ \S+ UTC\.$/,
      ),
    ]);
    const at = ground.clock.now();
    await ground.write((tx) => endRun(tx, runId, { outcome: 'succeeded', exceptions: [], note: null, at }));
    await ground.write((tx) =>
      appendAudit(tx, { at, who: 'ana', door: 'slack', what: 'x', incidentId, runId, detail: {} }),
    );
    await noteRestart({ store: ground.store() });
    expect(await ground.lines(incidentId)).toHaveLength(4);
  });

  it('says so of a run that another process takes over, once it does and not before', async () => {
    const { id: incidentId } = await ground.declare();
    const runId = await ground.run(await ground.plan(incidentId));
    await ground.write((tx) => takeLease(tx, 'dead', 0));
    await noteRestart({ store: ground.store() });
    expect(await ground.lines(incidentId)).toHaveLength(3);
    await noteTakeOver({ store: ground.store() }, [runId, 'run_unknown']);
    await ground.write((tx) => dropLease(tx, 'dead'));
    expect((await ground.lines(incidentId)).slice(3)).toEqual([
      expect.stringMatching(/^muster: Muster was interrupted and goes on with failover; the last it had written down/),
    ]);
  });

  it('follows a run: each step once with how long it took, held and going on, the Region, the end', async () => {
    const { id: incidentId } = await ground.declare();
    const steps = [
      plannedStep('scale', { title: 'Standby service has its tasks' }),
      plannedStep('promote', { title: 'Replica becomes the database' }),
      plannedStep('serving'),
    ];
    const runId = await ground.run(await ground.plan(incidentId, { steps }));
    const changed = { kind: 'RunChanged', incidentId, runId } as const;
    const startedAt = ground.clock.now().toISOString();
    await ground.clock.advance(520_000);
    const scale = { id: 'scale', startedAt, endedAt: ground.clock.now().toISOString() };
    await ground.steps(runId, scale, { id: 'promote', status: 'running', startedAt });
    await ground.tell(changed, changed);
    await ground.minutes(1);
    const promote = { id: 'promote', startedAt, endedAt: ground.clock.now().toISOString() };
    await ground.steps(runId, scale, { ...promote, status: 'unknown', note: 'RDS did not answer.' });
    await ground.write((tx) => updateRun(tx, runId, { status: 'paused', note: 'promote unknown' }));
    await ground.tell(changed, { kind: 'RunPaused', incidentId, runId, why: 'promote unknown: RDS did not answer.' });
    await ground.tell(changed);
    await ground.minutes(1);
    await ground.write((tx) => updateRun(tx, runId, { status: 'running', note: null }));
    await ground.tell(changed, changed);
    await ground.minutes(2);
    const again = { ...promote, attempt: 2, endedAt: ground.clock.now().toISOString() };
    await ground.steps(runId, scale, again, { id: 'serving', status: 'skipped', note: 'ana: seen by hand' });
    await ground.tell(changed, { kind: 'RegionSwitched', incidentId, runId, services: ['api'], region: 'us-west-2' });
    await ground.write(async (tx) => {
      const end = { outcome: 'succeeded-with-exceptions', exceptions: ['serving skipped: ana: seen by hand'] } as const;
      await endRun(tx, runId, { ...end, exceptions: [...end.exceptions], note: null, at: ground.clock.now() });
      await tx.tell({ kind: 'RunEnded', incidentId, runId, outcome: end.outcome });
    });
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      `ana: Started failover (${runId}), graceful, while us-east-1 is active.`,
      `muster: INC-${incidentId} is recovering.`,
      'muster: scale (Standby service has its tasks) was done in 8m 40s.',
      'muster: promote (Replica becomes the database) ended unknown after 9m 40s: RDS did not answer.',
      'muster: failover is held: promote unknown: RDS did not answer.',
      'muster: failover goes on.',
      'muster: promote (Replica becomes the database) was done in 12m 40s, at attempt 2.',
      'muster: serving (Step serving) was skipped: ana: seen by hand.',
      'muster: People are led to us-west-2 (api).',
      'muster: failover ended as succeeded-with-exceptions after 12m 40s: serving skipped: ana: seen by hand.',
    ]);
  });

  it('says of what an undo puts back that it was put back, and never that it was done', async () => {
    const { id: incidentId } = await ground.declare();
    const steps = ['cut', 'stop', 'scale'].map((id) =>
      plannedStep(id, { title: nameAsPutBack(`Step ${id} lets nobody in`) }),
    );
    const runId = await ground.run(await ground.plan(incidentId, { purpose: 'undo', undoes: 'run_0', steps }));
    const startedAt = ground.clock.now().toISOString();
    await ground.clock.advance(69_000);
    const over = { startedAt, endedAt: ground.clock.now().toISOString() };
    await ground.steps(
      runId,
      { id: 'cut', ...over },
      { id: 'stop', status: 'unknown', note: 'ECS did not answer.', ...over },
      { id: 'scale', status: 'unchanged', ...over },
    );
    await ground.tell({ kind: 'RunChanged', incidentId, runId });
    expect((await ground.lines(incidentId)).slice(2)).toEqual([
      'muster: cut (Step cut lets nobody in) was put back in 1m 9s.',
      'muster: stop (Step stop lets nobody in) ended unknown, put back or not, after 1m 9s: ECS did not answer.',
      'muster: scale (Step scale lets nobody in) was as before already.',
    ]);
  });

  it('says of a run that is aborted, stuck, or an undo, and of guards', async () => {
    const { id: incidentId } = await ground.declare();
    const runId = await ground.run(await ground.plan(incidentId, { purpose: 'undo', undoes: 'run_0' }));
    await ground.write((tx) => updateRun(tx, runId, { status: 'aborting', note: 'aborted by ana: wrong Region' }));
    const changed = { kind: 'RunChanged', incidentId, runId } as const;
    await ground.tell(changed, changed, { kind: 'RunStuck', incidentId, runId, why: 'its plan cannot be read' });
    const guard = { id: `guard_${runId}`, incidentId, runId, stepId: 'fence', region: 'us-east-1' };
    await ground.write((tx) => insertGuard(tx, guard, ground.clock.now()));
    await ground.tell(
      { kind: 'GuardArmed', incidentId, guardId: guard.id },
      { kind: 'GuardTroubled', incidentId, guardId: guard.id, why: 'access denied' },
    );
    await ground.write((tx) => endGuard(tx, guard.id, { state: 'fenced', by: 'muster', at: ground.clock.now() }));
    await ground.tell({ kind: 'GuardFenced', incidentId, guardId: guard.id });
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      `ana: Started to undo failover (${runId}).`,
      'muster: The undoing of failover starts nothing more: aborted by ana: wrong Region.',
      'muster: The undoing of failover cannot go on by itself: its plan cannot be read.',
      'muster: us-east-1 could not be fenced (fence): a return guard watches for it to come back.',
      'muster: The return guard of us-east-1 (fence) could not fence it: access denied.',
      'muster: us-east-1 is fenced (fence): its return guard has done its work.',
    ]);
  });

  it('says what each audience was told, what did not arrive, and which promise was broken', async () => {
    const { id: incidentId } = await ground.declare();
    const first = await ground.said(incidentId, {
      audience: 'stakeholders',
      body: 'Checkout is down.\n\nWe fail over.',
    });
    const end = (id: string, state: 'delivered' | 'partly' | 'refused', note: string | null) =>
      ground.write((tx) => endBroadcast(tx, id, { state, note, at: ground.clock.now() }));
    await end(first, 'partly', 'x@example.com refused: no such mailbox');
    const delivered = { kind: 'BroadcastDelivered', incidentId } as const;
    const note = 'x@example.com refused: no such mailbox';
    await ground.tell({ ...delivered, broadcastId: first, audience: 'stakeholders', note });
    const second = await ground.said(incidentId, {
      audience: 'public',
      origin: 'holding',
      saidBy: 'muster',
      body: 'We look.',
    });
    await end(second, 'refused', 'the key is wrong');
    await ground.tell({ ...delivered, broadcastId: second, audience: 'public', note: 'the key is wrong' });
    const promised = new Date('2026-11-21T14:30:00Z');
    await ground.tell(
      { kind: 'PromiseBroken', incidentId, audience: 'public', promised },
      { kind: 'Snoozed', incidentId, audiences: ['responders', 'public'], until: promised, by: 'ana' },
      { kind: 'Escalated', incidentId, rung: 1, how: 'direct', to: ['ana', 'ben'] },
      { kind: 'Acknowledged', incidentId, by: 'ben' },
    );
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      'ana: Told stakeholders: “Checkout is down. We fail over.”',
      'muster: The words to stakeholders arrived, but not all: x@example.com refused: no such mailbox.',
      'muster: Told the public by itself, in neutral words: “We look.”',
      'muster: The words to the public did not arrive: the key is wrong.',
      'muster: The public was promised words by 14:30 UTC, and none had arrived when that minute was over.',
      'ana: Held the words to responders, the public back until 14:30 UTC.',
      'muster: Nobody had acknowledged: called ana, ben by direct message (rung 2).',
      `ben: Acknowledged INC-${incidentId}.`,
    ]);
  });

  it('says what is to be reviewed, and who did', async () => {
    const { id: incidentId } = await ground.declare();
    const askedAt = ground.clock.now();
    const dueAt = new Date('2026-11-23T12:00:00Z');
    const review = {
      id: `review_${incidentId}`,
      incidentId,
      kind: 'post-mortem' as const,
      subject: 'INC',
      askedAt,
      dueAt,
    };
    await ground.write((tx) => insertReview(tx, { ...review, remindAt: dueAt }));
    await ground.tell(
      { kind: 'ReviewAsked', incidentId, reviewId: review.id },
      { kind: 'ReviewDone', incidentId, reviewId: review.id, by: 'ben' },
    );
    expect((await ground.lines(incidentId)).slice(1)).toEqual([
      'muster: A person is to review the post-mortem by 2026-11-23 12:00:00 UTC.',
      'ben: Reviewed the post-mortem.',
    ]);
  });
});
