import { describe, expect, it } from '@jest/globals';
import { sayUtc } from '../../src/domain/say-instant.ts';
import { peopleOf } from './play.ts';
import { linesUnder, nameOf, stateOf } from './seen.ts';
import { useStage } from './stage.ts';

const longest = 120_000;

describe('a database that was restored and took the name of the old one', () => {
  const stage = useStage('contractorlens');

  it(
    'leaves told what it is now, and neither what was put back nor a placeholder',
    async () => {
      const lost = { kind: 'rows-lost', region: 'us-west-2', instance: 'contractorlens-db', table: 'items' } as const;
      await stage.open([{ ...lost, rows: 900, minutes: 90 }]);
      const { incidents, clock, home, reports } = stage.muster();
      const { commander } = peopleOf(stage.muster());
      const began = new Date(clock.now().getTime() - 90 * 60_000);
      const ask = { title: 'Rows are gone', severity: Object.keys(home.severities)[0] ?? '', services: ['database'] };
      const requestKey = `told ${performance.now()}`;
      const { id } = await incidents.declare({ ...ask, impactBeganAt: began, requestKey }, commander);
      const time = new Date(clock.now().getTime() - 2 * 3_600_000).toISOString();
      const { run } = await stage.play({
        command: 'database-failure',
        within: id,
        inputs: { time, items: '48000' },
      });
      expect(run?.run.outcome).toBe('succeeded');
      expect((await incidents.view(id)).rto).toEqual({ ms: 2 * 3_600_000, of: 'tier Critical systems' });
      const { recovery } = await incidents.resolve({ incidentId: id }, commander);
      expect(recovery).toMatchObject({ rtoMs: expect.any(Number), rpoMs: expect.any(Number) });
      const { file } = await reports.report(id);
      const restored = nameOf(stateOf(run, 'restore')?.output?.instance);
      const aside = restored.replace('-restored-', '-damaged-');
      expect(linesUnder(file.markdown, 'What infrastructure code now contradicts')).toEqual([
        expect.stringMatching(
          new RegExp(`^- rds:${aside} in us-west-2: security\\\\?_groups .*, was called rds:contractorlens-db$`),
        ),
        `- rds:contractorlens-db in us-west-2: new, was called rds:${restored}`,
      ]);
    },
    longest,
  );

  it(
    'is not taken as fenced since the incident before, when it goes back once more',
    async () => {
      await stage.open([]);
      const { recovery, incidents, clock } = stage.muster();
      const { commander } = peopleOf(stage.muster());
      const anHourAgo = () => new Date(clock.now().getTime() - 3_600_000).toISOString();
      const before = await stage.play({ command: 'database-failure', inputs: { time: anHourAgo() } });
      expect(before.run?.run.outcome).toBe('succeeded');
      await clock.sleep(2 * 3_600_000);
      const again = { title: 'Rows are gone again', severity: 'P1', services: ['database'], requestKey: 'again' };
      const { id } = await incidents.declare({ ...again, impactBeganAt: clock.now() }, commander);
      const inputs = { time: anHourAgo(), items: '900000000' };
      const { run } = await stage.play({ command: 'database-failure', within: id, inputs, retries: 0 });
      expect(run?.run.outcome).toBe('aborted');
      const { plan } = await recovery.plan({ incidentId: id, command: 'database-failure', inputs }, commander);
      expect(plan.steps.filter(({ fence, noChange }) => fence && noChange).map((step) => step.id)).toEqual([
        'stop',
        'cut_off',
      ]);
      const risk = plan.steps.find((step) => step.id === 'restore')?.dataAtRisk;
      expect(risk?.seconds).toBeGreaterThan(3_600);
      const fenced = new Date(stateOf(run, 'cut_off')?.endedAt ?? '');
      expect(risk?.explain).toContain(`It is fenced since ${sayUtc(fenced)}`);
    },
    longest,
  );
});
