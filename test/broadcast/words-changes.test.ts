import { describe, expect, it } from '@jest/globals';
import { watchDue } from '../../src/broadcast/due/watch.ts';
import { Command } from '../../src/domain/command.ts';
import type { Home } from '../../src/domain/home.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { endRun, insertRun } from '../../src/store/runs.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, type Town, townHome, useTown } from '../support/town.ts';

const minuteMs = 60_000;
const drill = Command.parse({
  name: 'try-out',
  title: 'Try it out',
  purpose: 'drill',
  steps: [{ id: 'looked', uses: 'manual.checkpoint', with: { instructions: 'Look.' } }],
});
const home: Home = { ...townHome, channels: { ...townHome.channels, stakeholders: '#stakeholders' } };

/** What was said in a channel, or in the incident's own, in order. */
async function saidIn(town: Town, incidentId: number, channel: string | null): Promise<string[]> {
  const rows = await town.store().tx((tx) =>
    tx.query<{ text: string }>(
      `select document->'notice'->>'text' as text from outbox
       where document->'notice'->>'kind' = 'sentence'
         and ($2::text is null or document->'place'->>'name' = $2)
         and ($2::text is not null or document->'place'->>'incidentId' = $1::text)
       order by id`,
      [incidentId, channel],
    ),
  );
  return rows.map((row) => row.text);
}

describe('words on what has changed', () => {
  const town = useTown(embeddedStores(), { home, commands: [drill] });
  const pass = async (ms: number) => {
    await town.clock.advance(ms);
    await watchDue(town.broadcast());
  };
  const count = (texts: string[], part: string) => texts.filter((text) => text.includes(part)).length;

  it('tell a new severity to those who were told before, each once, with how things stand', async () => {
    const { id } = await town.declare({ severity: 'P2' });
    await town.incidents().setSeverity({ incidentId: id, severity: 'P3' }, ana);
    expect(count(await saidIn(town, id, '#stakeholders'), 'Severity is now P3; it was P2.')).toBe(1);
    expect(count(await saidIn(town, id, null), 'P3')).toBe(1);
    await pass(31 * minuteMs);
    await town.incidents().setSeverity({ incidentId: id, severity: 'P1' }, ana);
    expect(count(await saidIn(town, id, '#stakeholders'), 'Severity is now P1; it was P3.')).toBe(1);
    const inside = (await saidIn(town, id, null)).filter((text) => text.includes('Severity is now P1'));
    expect(inside).toEqual([expect.stringMatching(/Still affected: api[\s\S]*Next update by/)]);
  });

  it('call whoever commands now, once, and name them to stakeholders', async () => {
    const { id } = await town.declare();
    const before = (await saidIn(town, id, '#stakeholders')).length;
    await town.incidents().assign({ incidentId: id, role: 'commanders', person: 'ben' }, ana);
    const rows = await town.outbox(id);
    const called = rows.flatMap(({ document }) =>
      document.to === 'slack' && document.do === 'post' && document.notice.kind === 'sentence' ? [document.notice] : [],
    );
    expect(called.filter((notice) => notice.mention.includes('ben'))).toHaveLength(1);
    expect((await saidIn(town, id, '#stakeholders')).slice(before)).toEqual([
      expect.stringContaining('Command has passed from ana to ben.'),
    ]);
  });

  it('call whoever commands a drill or the routines now in the same words, without severity and services', async () => {
    const { id } = await town.incidents().openRecord({ command: drill.name, requestKey: 'drill' }, ana);
    await town.incidents().assign({ incidentId: id, role: 'commanders', person: 'ben' }, ana);
    const [called] = (await town.sentences(id)).filter((text) => text.includes('ben'));
    expect(called).toContain('ben commands from now on, in place of ana');
    expect(called).not.toMatch(/Affected|It is /);
  });

  it('say how recovery went once: in the last words where those say it, else by itself', async () => {
    const early = await town.declare();
    await town.incidents().resolve({ incidentId: early.id }, ana);
    expect(count(await saidIn(town, early.id, null), 'RTO not observed')).toBe(1);
    const late = await town.declare();
    await pass(31 * minuteMs);
    await town.incidents().resolve({ incidentId: late.id }, ana);
    expect(count(await saidIn(town, late.id, null), 'RTO not observed')).toBe(1);
    expect(count(await saidIn(town, late.id, null), 'This is the last update')).toBe(1);
  });

  it('say at the end of a run what infrastructure code would put back', async () => {
    const { id } = await town.declare();
    const step: PlannedStep = {
      ...plannedStep('fence'),
      risk: 'reversible',
      target: { account: null, region: 'us-east-1', resource: 'ecs:prod-cluster/app-service' },
      before: { desired: 4 },
      after: { desired: 0 },
    } as PlannedStep;
    const plan = planOf([step], { id: 'plan_contradicts', incidentId: id });
    const at = town.clock.now();
    const times = { startedAt: at.toISOString(), endedAt: at.toISOString() };
    const state = stateOf('fence', { status: 'done', effectSent: true, ...times });
    await town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertRun(tx, runOf(plan, at, { id: 'run_contradicts' }));
      await saveSteps(tx, 'run_contradicts', [state]);
      await endRun(tx, 'run_contradicts', { outcome: 'succeeded', exceptions: [], note: null, at });
      await tx.tell({ kind: 'RunEnded', incidentId: id, runId: 'run_contradicts', outcome: 'succeeded' });
    });
    const said = (await saidIn(town, id, null)).filter((text) => text.includes('succeeded after'));
    expect(said).toEqual([expect.stringContaining('• ecs:prod-cluster/app-service in us-east-1: desired 4 → 0')]);
  });
});
