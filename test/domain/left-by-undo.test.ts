import { describe, expect, it } from '@jest/globals';
import { leftByUndo } from '../../src/domain/left-by-undo.ts';
import { plannedStep, planOf } from '../support/plans.ts';

const at = (resource: string) => ({ region: 'us-east-1', resource });
const keeps = { keeps: true, undo: 'Nothing is put back; it stays.' };
const plan = planOf([
  plannedStep('stop', { title: 'Backend runs no tasks' }),
  plannedStep('kept', { title: 'Snapshot', uses: 'dynamodb.create-backup', target: at('dynamodb:main'), ...keeps }),
  plannedStep('restore', { title: 'Restored', uses: 'rds.restore-to-time', target: at('rds:db-restored'), ...keeps }),
  plannedStep('gone', { uses: 'rds.delete-instance', target: at('rds:db-restored'), ...keeps }),
]);
const sent = { captured: {}, target: null, before: null, after: { name: 'db-restored-3k9x' }, output: null };
const states = (...ids: string[]) => ids.map((id) => ({ id, status: 'done' as const, effectSent: true }));

describe('what an undo leaves', () => {
  it('is what the run has made and nobody puts back, by its name, with what to do', () => {
    expect(leftByUndo(plan, states('stop', 'kept', 'restore'), { restore: sent })).toEqual([
      'kept (Snapshot), dynamodb:main in us-east-1: Nothing is put back; it stays.',
      'restore (Restored), rds:db-restored-3k9x in us-east-1: delete it by hand once nobody needs it.',
    ]);
  });

  it('is nothing of what was never sent, or was made and is deleted again', () => {
    expect(leftByUndo(plan, [{ id: 'restore', status: 'failed', effectSent: false }], {})).toEqual([]);
    const gone = { ...sent, after: null, output: { instance: 'db-restored-3k9x' } };
    expect(leftByUndo(plan, states('restore', 'gone'), { restore: sent, gone })).toEqual([]);
    const unseen = leftByUndo(plan, states('restore', 'gone'), { restore: sent, gone: { ...gone, output: null } });
    expect(unseen).toEqual([expect.stringContaining('rds:db-restored-3k9x')]);
  });
});
