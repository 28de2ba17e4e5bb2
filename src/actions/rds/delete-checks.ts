import type { DBInstance } from '@aws-sdk/client-rds';
import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { isMadeByRun, nameFor } from '../kit/owner.ts';
import type { Reading } from '../kit/reading.ts';
import { type InstanceRef, nameInstance, statusOf } from './instance.ts';

type Owner = Pick<KitContext, 'owner'>;

/** Its tag and its name: what a run has restored may have taken the name of what it was restored for, and is in use then. */
export function isOwned({ instance }: InstanceRef, found: DBInstance, { owner }: Owner): boolean {
  const ending = nameFor(owner, 'a', 'b').slice('a-b'.length);
  return isMadeByRun(found.TagList, owner) && instance.endsWith(ending);
}

export function notOurs(ref: InstanceRef): string {
  return `The ${nameInstance(ref)} does not bear the tag and the name of this run: only what a run has made is deleted by it.`;
}

export function checkOwned(ref: InstanceRef, read: Reading<DBInstance | undefined>, ctx: Owner): Check {
  const question: Question = {
    id: 'owned',
    title: 'this run has made it',
    expected: 'its tag and its name',
    carry: 'never',
  };
  return judgeReading(question, read, (found) => {
    const pass = found !== undefined && isOwned(ref, found, ctx);
    return { pass, found: pass ? 'its tag and its name' : notOurs(ref) };
  });
}

export function checkDeletable(read: Reading<DBInstance | undefined>): Check {
  const question: Question = {
    id: 'state',
    title: 'can be deleted now',
    expected: 'not being created, deletion protection off',
    carry: 'never',
  };
  return judgeReading(question, read, (found) => {
    const status = found ? statusOf(found) : 'gone';
    const isProtected = found?.DeletionProtection === true;
    const pass = status !== 'creating' && !isProtected;
    return { pass, found: `${status}, deletion protection ${isProtected ? 'on' : 'off'}` };
  });
}
