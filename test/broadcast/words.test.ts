import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../src/domain/facts.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Amendment } from '../../src/domain/plan.ts';
import { insertConsent } from '../../src/store/consents.ts';
import { insertGuard } from '../../src/store/guards.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { consentOf, stateOf } from '../support/rows.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, useTown } from '../support/town.ts';

describe('words', () => {
  const town = useTown(embeddedStores());
  let asked = 0;

  const ask = async (incidentId: number, of: { purpose?: 'run' | 'undo'; amendment?: Amendment } = {}) => {
    asked += 1;
    const { purpose = 'run', amendment = null } = of;
    const plan = planOf([plannedStep('scale')], { id: `plan_asked_${asked}`, incidentId, purpose });
    const requestId = `consent_${asked}`;
    await town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertConsent(tx, consentOf(plan, town.clock.now(), { id: requestId, amendment }));
      await tx.tell({ kind: 'ConsentRequested', incidentId, requestId });
    });
    return requestId;
  };
  const rowsOf = async (incidentId: number, keyed: string): Promise<Outgoing[]> =>
    (await town.outbox(incidentId)).filter((row) => row.key.startsWith(keyed)).map((row) => row.document);

  it('ask those whose approval counts, and nobody for their own', async () => {
    const { id } = await town.declare();
    await town.incidents().assign({ incidentId: id, role: 'approvers', person: 'ana' }, ana);
    const requestId = await ask(id);
    expect(await rowsOf(id, requestId.replace('consent', 'consent:consent'))).toMatchObject([
      { notice: { kind: 'consent', requestId } },
    ]);
    expect(await rowsOf(id, `asked:${requestId}`)).toMatchObject([
      { place: { in: 'incident', incidentId: id }, notice: { mention: ['U0FAY', 'U0BEN', 'U0DOV'] } },
    ]);
  });

  it('climb the ladder: the channel, each approver, then whoever may break the glass', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await town.clock.advance(180_000);
    const climb = (rung: number) =>
      town.store().tx((tx) => tx.tell({ kind: 'ConsentUnanswered', incidentId: id, requestId, rung }));
    for (const rung of [1, 2, 3]) await climb(rung);
    await climb(3);
    const rows = await rowsOf(id, `asked:${requestId}:`);
    expect(rows).toMatchObject([
      {
        place: { in: 'incident' },
        notice: { text: expect.stringContaining('still waits for 1 approval. ana asked 3m ago') },
      },
      { place: { in: 'direct' }, notice: { text: expect.stringContaining('1 approval is missing') } },
      { place: { in: 'direct' } },
      { place: { in: 'direct' } },
      {
        place: { in: 'incident' },
        notice: {
          text: expect.stringContaining('break-glass 3F9A21'),
          mention: expect.arrayContaining(['U0ANA', 'U0BEN']),
        },
      },
    ]);
  });

  it.each([
    ['undoing failover', { purpose: 'undo' }],
    ['skipping scale in failover', { amendment: { kind: 'skip', step: 'scale', reason: 'seen' } }],
  ] as const)('never say failover alone where it is %s that is asked for', async (what, of) => {
    const { id } = await town.declare();
    const requestId = await ask(id, of);
    const tell = (fact: Fact) => town.store().tx((tx) => tx.tell(fact));
    for (const rung of [1, 2, 3, 4]) await tell({ kind: 'ConsentUnanswered', incidentId: id, requestId, rung });
    await tell({ kind: 'GlassBroken', incidentId: id, requestId, by: 'ana', reason: 'Nobody answers' });
    const said = (await town.outbox(id)).filter((row) => row.key.includes(requestId));
    const texts = said.map(({ document }) => JSON.stringify(document)).filter((text) => text.includes('failover'));
    expect(texts.length).toBeGreaterThan(6);
    for (const text of texts) expect(text.replaceAll(what, '')).not.toContain('failover');
  });

  it('tell every approver, each directly, that the glass was broken, and why', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await town
      .store()
      .tx((tx) => tx.tell({ kind: 'GlassBroken', incidentId: id, requestId, by: 'ana', reason: 'Nobody <answers>' }));
    const direct = (await town.outbox(id)).filter((row) => row.key.startsWith(`glass:${requestId}:`));
    expect(direct.map((row) => row.lane).sort()).toEqual(['slack:user:U0BEN', 'slack:user:U0DOV', 'slack:user:U0FAY']);
    expect(direct[0]?.document).toMatchObject({ notice: { text: expect.stringContaining('Nobody &lt;answers&gt;') } });
  });

  it.each([
    ['succeeded', {}, 'succeeded after 5m'],
    [
      'succeeded-with-exceptions',
      { exceptions: ['fence deferred', 'lag unknown'] },
      'with exceptions: Fence deferred; Lag unknown.',
    ],
    ['failed', { note: 'promote timed out' }, 'failed after 5m: promote timed out'],
    ['failed', {}, 'failed after 5m: no reason was recorded'],
    ['aborted', { note: 'ana aborted it' }, 'was aborted after 5m: ana aborted it'],
    ['undone', {}, 'was undone in 5m'],
  ] as const)('say of a run that it %s, from what was recorded (%j)', async (outcome, over, words) => {
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    await town.clock.advance(300_000);
    await town.endRun(id, runId, outcome, { ...over, exceptions: 'exceptions' in over ? [...over.exceptions] : [] });
    const said = (await town.sentences(id)).at(-1) ?? '';
    expect(said).toContain(words);
    expect(said.includes('succeeded')).toBe(outcome.startsWith('succeeded'));
  });

  it.each([
    ['failed', '*undoing failover* in INC-'],
    ['undone', '*failover* in INC-'],
  ] as const)('say of what was to put back a run that it %s', async (outcome, words) => {
    const { id } = await town.declare();
    await town.endRun(id, await town.startRun(id, { purpose: 'undo' }), outcome);
    expect((await town.sentences(id)).at(-1)).toContain(words);
  });

  it('name what an undo left where it is, and what of it was not put back', async () => {
    const { id } = await town.declare();
    const left = ['restore (Restored), rds:db-restored-3k9x in us-east-1: delete it by hand once nobody needs it.'];
    const over = { exceptions: ['cut skipped: ana: it stays cut off'] };
    await town.endRun(id, await town.startRun(id, { purpose: 'undo', left }), 'undone', over);
    const said = (await town.sentences(id)).at(-1) ?? '';
    expect(said).toMatch(/was undone in .*, with exceptions: Cut skipped: ana: it stays cut off\./);
    expect(said).not.toContain('what it had changed is as it was before');
    expect(said).toContain(`What it had made is left as it is:\n• ${left[0]}`);
    await town.endRun(id, await town.startRun(id, { purpose: 'undo' }), 'undone');
    const clean = (await town.sentences(id)).at(-1) ?? '';
    expect(clean).toContain(': what it had changed is as it was before.');
    expect(clean).not.toContain('left as it is');
  });

  it('call the commander to a run that is paused, each time it is', async () => {
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    const pause = () =>
      town.store().tx((tx) => tx.tell({ kind: 'RunPaused', incidentId: id, runId, why: 'promote failed' }));
    await pause();
    await pause();
    expect(await rowsOf(id, 'say_')).toMatchObject([
      { notice: { text: expect.stringContaining('is paused: promote failed'), mention: ['ana'] } },
      { notice: { text: expect.stringContaining('is paused: promote failed') } },
    ]);
  });

  it.each([
    ['pause', false],
    ['continue', true],
  ] as const)(
    'offer to resume only where no step is waited for: one that failed with %s',
    async (onFailure, offered) => {
      const { id } = await town.declare();
      const runId = await town.startRun(id, { steps: [plannedStep('promote', { onFailure })] });
      await town.store().tx(async (tx) => {
        await saveSteps(tx, runId, [stateOf('promote', { status: 'failed' })]);
        await tx.tell({ kind: 'RunPaused', incidentId: id, runId, why: 'ana: wait' });
      });
      const said = (await town.sentences(id)).at(-1) ?? '';
      expect([said.includes('/dr resume'), said.includes('/dr retry')]).toEqual([offered, !offered]);
    },
  );

  it.each([
    [[], 'Whether they are served there is not checked by this run.'],
    [
      [plannedStep('serving', { uses: 'http.check', risk: 'read', needs: ['traffic'] })],
      'Whether they are served there is checked next.',
    ],
  ])('say of moved traffic that people are led, and not that they are served', async (behind, words) => {
    const { id } = await town.declare();
    const runId = await town.startRun(id, { steps: [plannedStep('traffic', { traffic: 'latching' }), ...behind] });
    await town
      .store()
      .tx((tx) => tx.tell({ kind: 'RegionSwitched', incidentId: id, runId, services: ['api'], region: 'us-west-2' }));
    expect((await town.sentences(id)).at(-1)).toMatch(
      new RegExp(`INC-${id}: people are being led to \\*us-west-2\\* \\(api\\)\\. ${words}$`),
    );
  });

  it('say where people are led, and what the return guard does', async () => {
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    const guard = { id: `guard_${runId}`, incidentId: id, runId, stepId: 'fence', region: 'us-east-1' };
    await town.store().tx(async (tx) => {
      await insertGuard(tx, guard, town.clock.now());
      await tx.tell({ kind: 'RegionSwitched', incidentId: id, runId, services: ['api', 'web'], region: 'us-west-2' });
      await tx.tell({ kind: 'GuardArmed', incidentId: id, guardId: guard.id });
      await tx.tell({ kind: 'GuardFenced', incidentId: id, guardId: guard.id });
    });
    expect(await town.sentences(id)).toEqual([
      expect.stringContaining('led to *us-west-2*'),
      expect.stringContaining('us-east-1 could not be fenced (fence)'),
      expect.stringMatching(/has fenced it \(fence\)\. .*may have taken writes: look for .* and reconcile/),
    ]);
  });

  it('call the commander when the return guard cannot fence, and say why it was released', async () => {
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    const guardId = `guard_${runId}`;
    const why = 'the step is not as it was approved.';
    await town.store().tx(async (tx) => {
      const guard = { id: guardId, incidentId: id, runId, stepId: 'fence', region: 'us-east-1' };
      await insertGuard(tx, guard, town.clock.now());
      await tx.tell({ kind: 'GuardTroubled', incidentId: id, guardId, why });
      await tx.tell({ kind: 'GuardTroubled', incidentId: id, guardId, why: 'access was denied.' });
      await tx.tell({ kind: 'GuardReleased', incidentId: id, guardId, why: 'api was moved back there.' });
    });
    expect(await rowsOf(id, 'say_')).toMatchObject([
      { notice: { text: expect.stringContaining(`cannot fence it (fence): ${why}`), mention: ['ana'] } },
      { notice: { text: expect.stringMatching(/^:rotating_light: \*Fence us-east-1 by hand.*access was denied\./) } },
    ]);
    expect(await rowsOf(id, `guard-released:${guardId}`)).toMatchObject([
      { notice: { text: expect.stringContaining('released without fencing: api was moved back there.') } },
    ]);
  });

  it('call the commander to a run that is stuck', async () => {
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    const why = 'its log does not replay.';
    await town.store().tx((tx) => tx.tell({ kind: 'RunStuck', incidentId: id, runId, why }));
    expect(await rowsOf(id, 'say_')).toMatchObject([
      { notice: { text: expect.stringContaining(`*failover* in INC-${id} is stuck`), mention: ['ana'] } },
    ]);
    expect((await town.sentences(id)).at(-1)).toContain(why);
  });

  it('say at the end what was measured and what was not', async () => {
    const { id } = await town.declare({ title: 'A <!channel> title' });
    await town.incidents().resolve({ incidentId: id }, ana);
    await town.incidents().close({ incidentId: id }, ana);
    expect(await town.sentences(id)).toEqual([
      expect.stringContaining(
        'A &lt;!channel&gt; title is resolved.\nRTO not observed, objective 1h (no run of this incident has recovered)',
      ),
      expect.stringContaining('is closed.'),
    ]);
  });

  it('are not said when what they tell of was rolled back', async () => {
    const { id } = await town.declare();
    const before = (await town.outbox(id)).length;
    const failing = town.store().tx(async (tx) => {
      await tx.tell({ kind: 'RegionSwitched', incidentId: id, runId: 'run_x', services: ['api'], region: 'us-west-2' });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await town.outbox(id)).toHaveLength(before);
  });
});
