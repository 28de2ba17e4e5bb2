import { describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { FaultInput } from '../../src/sim/index.ts';
import { peopleOf } from './play.ts';
import { linesUnder, nameOf, stateOf } from './seen.ts';
import { useStage } from './stage.ts';

const stage = useStage('flight-data');
const longest = 120_000;
const corrupt: FaultInput = { kind: 'table-corrupt', region: 'us-east-1', table: 'flightdata-main', minutes: 90 };

/** Everything that went out, or is to go out, as text. */
async function wordsOut(): Promise<string[]> {
  const rows = await stage.muster().store.tx((tx) => tx.query<{ document: object }>('select document from outbox'));
  return rows.map(({ document }) => JSON.stringify(document));
}

describe('what an earlier step has found', () => {
  it(
    'is asked of people with its figures, and stands beside the step that read it',
    async () => {
      await stage.open([corrupt]);
      const { run } = await stage.play({ command: 'isolate-corruption' });
      const output = stateOf(run, 'scanned')?.output ?? {};
      const [bad, all] = [Number(output.bad), Number(output.looked_at)];
      expect(bad).toBeGreaterThan(0);
      expect(stateOf(run, 'scanned')?.note).toMatch(new RegExp(`^${bad} of ${all} items bad, first 20.* UTC$`));
      const question = `of ${all} items of the last 24h ${bad} are bad`;
      const asked = run?.plan.steps.find(({ id }) => id === 'decided');
      expect({ ...asked?.input, later: asked?.later }).toMatchObject({
        instructions: expect.stringContaining(question),
        later: {},
      });
      const calls = (await wordsOut()).filter((words) => words.includes('waits for a person at'));
      expect(calls).toEqual([expect.stringContaining(question)]);
      const { commander } = peopleOf(stage.muster());
      const entries = await stage.muster().incidents.timeline.list(run?.run.incidentId ?? 0, commander);
      const texts = entries.map(({ text }) => text);
      expect(texts.filter((text) => text.startsWith('decided asks people:'))).toEqual([
        expect.stringContaining(question),
      ]);
      expect(texts.find((text) => text.startsWith('scanned ('))).toContain(`${bad} of ${all} items bad`);
    },
    longest,
  );
});

describe('an incident with several runs', () => {
  /** Declared an hour and a half after the data went bad. */
  const declare = (): Promise<Incident> => {
    const { incidents, clock, home } = stage.muster();
    const began = new Date(clock.now().getTime() - 90 * 60_000);
    const ask = {
      title: 'Flights are wrong',
      severity: Object.keys(home.severities)[0] ?? '',
      services: ['api', 'tables'],
    };
    return incidents.declare({ ...ask, impactBeganAt: began, requestKey: `told ${performance.now()}` }, commander());
  };
  const commander = () => peopleOf(stage.muster()).commander;
  const phaseOf = async (id: number) => (await stage.muster().incidents.view(id)).incident.phase;

  it(
    'is not restored by what only contains; the recovery that was seen is measured, and not what is run later',
    async () => {
      await stage.open([corrupt]);
      const { id } = await declare();
      await stage.play({ command: 'isolate-corruption', within: id });
      expect(await phaseOf(id)).toBe('recovering');
      const contained = (await wordsOut()).find(
        (words) => words.includes('*isolate-corruption* in') && words.includes('succeeded'),
      );
      expect(contained).toContain('Nobody was seen served after it');
      expect(contained).toContain('What may come next: /dr recover-from-corruption.');
      expect(contained).not.toContain('/dr resolve');
      const began = new Date(stage.muster().clock.now().getTime() - 3 * 3_600_000);
      const inputs = { restore_to: began.toISOString() };
      const { run } = await stage.play({ command: 'recover-from-corruption', within: id, inputs });
      expect(run?.run.outcome).toBe('succeeded');
      const risks = run?.plan.steps.flatMap(({ dataAtRisk }) => dataAtRisk ?? []) ?? [];
      expect(risks.map(({ explain }) => explain)).toEqual([expect.stringContaining('It is fenced since ')]);
      expect(await phaseOf(id)).toBe('monitoring');
      await stage.play({ command: 'backup-status', within: id });
      const { recovery, incident } = await stage.muster().incidents.resolve({ incidentId: id }, commander());
      const served = Date.parse(stateOf(run, 'serving')?.endedAt ?? '');
      expect(recovery).toMatchObject({
        rtoMs: Math.floor(served / 1000) * 1000 - Math.floor(incident.impactBeganAt.getTime() / 1000) * 1000,
        rtoObjectiveMs: 3_600_000,
        rtoExplain: expect.stringContaining('until serving saw health'),
        rpoObjectiveMs: 15 * 60_000,
        rpoExplain: expect.stringMatching(/^restored to .*; fenced /),
      });
      expect(recovery.rpoMs).toBeGreaterThan(90 * 60_000);
      const { file } = await stage.muster().reports.report(id);
      expect(file.markdown).toContain('Data at risk, as it was approved for recover-from-corruption: ');
      const restored = nameOf(stateOf(run, 'restored')?.output?.table);
      expect(linesUnder(file.markdown, 'What infrastructure code now contradicts')).toEqual([
        '- dynamodb:flightdata-main in us-east-1: writes not denied → denied',
        expect.stringContaining(`- dynamodb:${restored} in us-east-1: new`),
        `- ssm:/flightdata/tables/main in us-east-1: value flightdata-main → ${restored}`,
      ]);
    },
    longest,
  );
});
