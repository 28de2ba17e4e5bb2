import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { type Parameter, type ParameterRef, parameterName, readParameter, secure } from '../ssm/parameter.ts';
import { tableName } from './fields.ts';
import { differencesOf } from './same-shape.ts';
import { indexesToCome, readTable, type SeenTable } from './table.ts';

export const CutOverInput = z.strictObject({
  region: region.describe('Region of the parameter, of those who read it, and of the table.'),
  parameter: parameterName.describe('Parameter that names the table to be used.'),
  table: tableName.describe('The table that it is to name.'),
});
export type CutOverInput = z.output<typeof CutOverInput>;

export function pointerOf({ region: home, parameter }: CutOverInput): ParameterRef {
  return { region: home, name: parameter };
}

export async function planCutOver(input: CutOverInput, ctx: KitContext): Promise<ActionPlan> {
  const [now, table] = await Promise.all([readParameter(pointerOf(input), ctx), readTable(input, ctx)]);
  const named = now.ok ? now.value.value : undefined;
  const isSo = named === input.table;
  const others = isSo ? [] : [await checkShape(input, { named, table }, ctx)];
  const { parameter } = input;
  return {
    target: { region: input.region, resource: `ssm:${parameter}` },
    before: { parameter, ...(named === undefined ? {} : { table: named }) },
    after: { parameter, table: input.table },
    noChange: isSo && table.ok,
    checks: [checkPointer(now), checkServes(table), ...others],
    estimateMs: usual.instant,
  };
}

function checkPointer(now: Reading<Parameter>): Check {
  const expected = 'a parameter that is no secret';
  const question: Question = { id: 'parameter', title: 'parameter can name it', expected, carry: 'never' };
  return judgeReading(question, now, ({ type, version }) => ({
    pass: type !== secure,
    found: `${type}, version ${version}`,
  }));
}

/** ACTIVE is not enough: a table is while its restore goes on, with a part of its items, and its indexes come last. */
export function checkServes(table: Reading<SeenTable>): Check {
  const expected = 'ACTIVE, its restore over, its indexes ready';
  const question: Question = { id: 'table', title: 'table is ready in this Region', expected, carry: 'never' };
  return judgeReading(question, table, (found) => {
    const { TableStatus: status, RestoreSummary: restore } = found;
    const restoring = restore?.RestoreInProgress === true;
    const left = indexesToCome(found);
    return {
      pass: (status === 'ACTIVE' || status === 'UPDATING') && !restoring && left === 0,
      found: [status, restoring ? 'still being restored' : [], left > 0 ? `${left} indexes not ready` : []]
        .flat()
        .join(', '),
    };
  });
}

/** Whoever asks for an index by its name finds it in both; a table that is gone has nothing to compare with. */
async function checkShape(
  { region: home }: CutOverInput,
  { named, table }: { named: string | undefined; table: Reading<SeenTable> },
  ctx: KitContext,
): Promise<Check> {
  const expected = 'the keys and indexes of the table that is named now';
  const question: Question = { id: 'shape', title: 'it answers what is asked', expected, carry: 'never' };
  if (named === undefined || !table.ok) return notKnown(question, 'the tables could not be compared');
  const before = await readTable({ region: home, table: named }, ctx);
  if (!before.ok && before.fault === 'not-found') return judge(question, true, `${named} is gone`);
  return judgeReading(question, before, (other) => {
    const differences = differencesOf(table.value, other);
    return { pass: differences.length === 0, found: differences.join('; ') || `as ${named}` };
  });
}
