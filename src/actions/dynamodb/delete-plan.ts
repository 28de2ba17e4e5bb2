import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { readBackups, type SeenBackup } from './backup.ts';
import { type DeleteInput, type Doomed, isNamedLater, notOurs, readDoomed, refOf, sayDoomed } from './doomed.ts';
import type { TableRef } from './table.ts';

export async function planDelete(input: DeleteInput, ctx: KitContext): Promise<ActionPlan> {
  const ref = refOf(input, ctx);
  const table = sayDoomed(input);
  const later = isNamedLater(input, ctx);
  const [there, backups] = await Promise.all([readDoomed(input, ctx), readBackups(ref, ctx)]);
  const gone = !later && there.ok && there.value === undefined;
  const own = [checkOwned(ref, there), checkState(there)];
  return {
    target: { region: input.region, resource: `dynamodb:${table}` },
    before: { table, ...(there.ok && !later ? { status: there.value?.table.TableStatus ?? 'gone' } : {}) },
    after: { table, status: 'gone' },
    noChange: gone,
    checks: gone ? [] : [...(later ? [] : own), checkBackups(backups)],
    estimateMs: usual.minute,
  };
}

function checkOwned(ref: TableRef, there: Reading<Doomed | undefined>): Check {
  const question: Question = { id: 'owned', title: 'this run has made it', expected: 'its tag', carry: 'never' };
  return judgeReading(question, there, (one) => {
    const pass = one?.own === true;
    return { pass, found: pass ? 'this run has made it' : notOurs(ref) };
  });
}

function checkState(there: Reading<Doomed | undefined>): Check {
  const expected = 'ACTIVE, deletion protection off';
  const question: Question = { id: 'state', title: 'it can be deleted now', expected, carry: 'never' };
  return judgeReading(question, there, (one) => {
    const { TableStatus: status = 'DELETING', DeletionProtectionEnabled: isProtected = false } = one?.table ?? {};
    const pass = !['CREATING', 'UPDATING'].includes(status) && !isProtected;
    return { pass, found: `${status}, deletion protection ${isProtected ? 'on' : 'off'}` };
  });
}

function checkBackups(backups: Reading<SeenBackup[]>): Check {
  const question: Question = {
    id: 'backups',
    title: 'no backup of it is being made',
    expected: 'none',
    carry: 'never',
  };
  return judgeReading(question, backups, (all) => {
    const making = all.find(({ status }) => status === 'CREATING');
    return { pass: making === undefined, found: making ? `${making.name} is being made` : 'none' };
  });
}
