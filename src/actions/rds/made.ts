import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { isMadeByStep, nameFor } from '../kit/owner.ts';
import type { Reading } from '../kit/reading.ts';

/** What tells the things apart that one run makes of one instance. */
export const suffix = z
  .string()
  .max(20, 'expected at most 20 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected small letters, digits and hyphens, such as restored');

interface Made {
  instance: string;
  suffix: string;
}

export const longest = { instance: 63, snapshot: 255 } as const;

/** `contractorlens-db-restored-3k9x`: what this run makes of an instance, however often it asks for it. */
export function madeName({ instance, suffix: what }: Made, { owner }: Pick<KitContext, 'owner'>, most: number): string {
  return nameFor(owner, instance, what, most);
}

/** The name as a plan shows it: only a run has a name of its own to give. */
export function shownName(made: Made, ctx: Pick<KitContext, 'owner'>, most: number): string {
  return ctx.owner.startsWith('run_') ? madeName(made, ctx, most) : `${made.instance}-${made.suffix}-RUN`;
}

interface Found {
  status: string;
  tags: Parameters<typeof isMadeByStep>[0];
}

/** Whether this step has made it already, and it did not fail. */
export function isMade(read: Reading<Found | undefined>, { owner }: Pick<KitContext, 'owner'>, bad: RegExp): boolean {
  return read.ok && read.value !== undefined && isMadeByStep(read.value.tags, owner) && !bad.test(read.value.status);
}

/** Its name must be free, or be this step's own: nobody else's is taken for it. */
export function checkName(
  name: string,
  read: Reading<Found | undefined>,
  { owner }: Pick<KitContext, 'owner'>,
  bad: RegExp,
): Check {
  const question: Question = { id: 'name', title: 'its name is free', expected: `no ${name}`, carry: 'never' };
  return judgeReading(question, read, (found) => {
    if (found === undefined) return { pass: true, found: 'none' };
    if (!isMadeByStep(found.tags, owner)) return { pass: false, found: `${name}, which this step did not make` };
    const isBad = bad.test(found.status);
    return { pass: !isBad, found: `its own, ${found.status}${isBad ? ': delete it, then retry' : ''}` };
  });
}
