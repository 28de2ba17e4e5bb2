import { expect, it } from '@jest/globals';
import { cases, outcomeOf, playOf, prepare } from './flight-data-cases.ts';
import { useStage } from './stage.ts';

const stage = useStage('flight-data');
const recovery = cases.find(({ command }) => command === 'recover-from-corruption');

it('backs up the table that the functions use after a recovery, and says so in its plan', async () => {
  if (!recovery) throw new Error('There is no case of a recovery from corruption.');
  await prepare(stage, recovery);
  const recovered = await stage.play(playOf(recovery, stage.muster().clock.now()));
  const output = recovered.run?.steps.find(({ id }) => id === 'restored')?.output;
  const table = typeof output?.table === 'string' ? output.table : '';
  expect(table).toMatch(/^flightdata-main-recovery-/);

  const { made, run } = await stage.play({ command: 'backup' });
  expect(made.plan.steps.find(({ id }) => id === 'backup_main')).toMatchObject({
    later: {},
    target: { resource: `dynamodb:${table}` },
  });
  expect(run?.steps.find(({ id }) => id === 'table_main')?.output).toMatchObject({ value: table });

  expect(outcomeOf(await stage.play({ command: 'check-backups' }))).toBe('succeeded');
  expect((await stage.play({ command: 'failover' })).made.problems.map(({ check }) => check)).toContain(
    'named_main/expected',
  );
}, 300_000);
