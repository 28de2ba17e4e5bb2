import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { nameParameter, type Parameter, readParameter, secure } from './parameter.ts';
import type { SetInput } from './set-input.ts';

/** Plain texts are shown and compared. What is secret is neither: whether it changes shows when it is sent. */
export async function planSet(input: SetInput, ctx: KitContext): Promise<ActionPlan> {
  const { region, name, version } = input;
  const [now, kept] = await Promise.all([
    readParameter(input, ctx),
    version === undefined ? null : readParameter(input, ctx, { version }),
  ]);
  const wanted = input.value ?? (kept?.ok ? kept.value.value : undefined);
  const isCurrent = now.ok && version !== undefined && now.value.version === version;
  const isEqual = now.ok && wanted !== undefined && now.value.value === wanted;
  return {
    target: { region, resource: `ssm:${name}` },
    before: { parameter: name, ...(now.ok ? { value: now.value.value ?? 'a secret' } : {}) },
    after: { parameter: name, value: wanted ?? sayWanted(input) },
    noChange: isCurrent || isEqual,
    checks: [checkThere(now), ...(now.ok ? [checkKind(input, now)] : []), ...(kept ? [checkKept(input, kept)] : [])],
    estimateMs: usual.instant,
  };
}

function sayWanted({ from_secret: from, version }: SetInput): string {
  return from ? `${from.key} of the secret ${from.secret}` : `what version ${version} holds`;
}

function checkThere(now: Reading<Parameter>): Check {
  const question: Question = { id: 'there', title: 'parameter is there', expected: 'a parameter', carry: 'never' };
  return judgeReading(question, now, ({ type, version }) => ({ pass: true, found: `${type}, version ${version}` }));
}

function checkKind(input: SetInput, now: Reading<Parameter>): Check {
  const expected = input.from_secret ? `a ${secure}` : input.value === undefined ? 'any' : `no ${secure}`;
  const question: Question = { id: 'kind', title: 'parameter can hold it', expected, carry: 'never' };
  return judgeReading(question, now, ({ type }) => {
    const isSecure = type === secure;
    return { pass: input.from_secret ? isSecure : input.value === undefined || !isSecure, found: `a ${type}` };
  });
}

function checkKept(input: SetInput, kept: Reading<Parameter>): Check {
  const expected = `version ${input.version} of the ${nameParameter(input)}`;
  const question: Question = { id: 'version', title: 'version is kept', expected, carry: 'never' };
  return judgeReading(question, kept, () => ({ pass: true, found: 'it is' }));
}
