import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, notSeen, type Question } from '../kit/checks.ts';
import { defineRead } from '../kit/define.ts';
import { label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { nameParameter, type Parameter, parameterName, readParameter, secure } from './parameter.ts';

const Input = z.strictObject({
  region: region.describe("The parameter's Region."),
  name: parameterName,
  expected: label.optional().describe('What it has to hold: another value fails the step.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  value: z.string().describe('What it holds: for the steps that follow.'),
  version: z.int().describe('Version that is current.'),
});
type Out = z.output<typeof Output>;

export const readParameterAction = defineRead({
  name: 'ssm.read-parameter',
  version: 1,
  summary: 'Read a parameter that names something, so that later steps use what it names',
  input: Input,
  output: Output,
  binds: ['name', 'value'],
  checks: ['the parameter is there, and is no secret', 'it holds what is expected, where that is said'],
  iam: { read: ['ssm:GetParameter'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const now = await readParameter(input, ctx);
    const output = outputOf(now);
    const shown = { name: input.name, ...(output && { value: output.value }) };
    return {
      target: null,
      before: shown,
      after: shown,
      noChange: false,
      checks: [checkPlain(now), ...(output ? checkExpected(input, output) : [])],
      estimateMs: usual.instant,
      ...(output && { foreseen: output }),
    };
  },
  async observe(input, ctx) {
    const now = await readParameter(input, ctx);
    if (!now.ok && now.fault === 'not-found') return { state: 'failed', why: now.sentence, cause: now.fault };
    if (!now.ok) return notSeen(now, pace.service);
    const output = outputOf(now);
    if (!output) return { state: 'failed', why: `The ${nameParameter(input)} is a secret: expected one that is none.` };
    const amiss = checkExpected(input, output).find(({ verdict }) => verdict !== 'pass');
    if (amiss)
      return { state: 'failed', why: `The ${nameParameter(input)}: expected ${amiss.expected}, found ${amiss.found}.` };
    return { state: 'done', output };
  },
  say: ({ value }) => `it names ${value}`,
});

/** Undefined for what could not be read, and for a secret, which is not decrypted. */
function outputOf(now: Reading<Parameter>): Out | undefined {
  if (!now.ok || now.value.value === undefined) return undefined;
  return { value: now.value.value, version: now.value.version };
}

function checkPlain(now: Reading<Parameter>): Check {
  const expected = 'a parameter that is no secret';
  const question: Question = { id: 'there', title: 'parameter can be read', expected, carry: 'never' };
  return judgeReading(question, now, ({ type, version }) => ({
    pass: type !== secure,
    found: `${type}, version ${version}`,
  }));
}

function checkExpected({ expected }: In, { value }: Out): Check[] {
  if (expected === undefined) return [];
  const question: Question = { id: 'expected', title: 'it names what is expected', expected, carry: 'never' };
  return [judge(question, value === expected, value)];
}
