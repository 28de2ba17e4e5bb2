import { DeleteFunctionCommand, ListTagsCommand } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { isMadeByRun } from '../kit/owner.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, type Reading, reading, stated } from '../kit/reading.ts';
import { functionPrefix, type KnownFunction, nameFunction, readFunctions } from './function.ts';

const Input = z.strictObject({
  region,
  functions: functionPrefix,
  suffix: z
    .string()
    .regex(/^-[A-Za-z0-9_-]{1,30}$/, 'expected a suffix such as -dr-test')
    .describe('What lambda.restore put behind their names.'),
});
type In = z.output<typeof Input>;

interface Doomed {
  name: string;
  /** This run has made it. */
  own: boolean;
}

export const deleteFunctions = defineEffect({
  name: 'lambda.delete-functions',
  version: 1,
  summary: 'Delete the functions that this run has made',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: z.strictObject({ functions: z.string().describe('What is gone.') }),
  captured: z.strictObject({ at: instant, there: z.array(z.string()) }),
  receipt: z.strictObject({ at: instant }),
  binds: ['functions'],
  checks: ['every such function bears the tag of this run'],
  iam: { read: ['lambda:ListFunctions', 'lambda:ListTags'], effect: ['lambda:DeleteFunction'] },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: false, how: 'Only what this run has made is deleted; lambda.restore makes it again.' },
  defaultTimeout: '10m',
  plan: planDelete,
  async capture(input, ctx) {
    const found = need(await readDoomed(input, ctx));
    const foreign = found.find(({ own }) => !own);
    if (foreign) throw new Error(notOurs(input, [foreign]));
    return { at: ctx.clock.now().toISOString(), there: found.map(({ name }) => name) };
  },
  async apply(input, { captured }, ctx) {
    for (const { name, own } of need(await readDoomed(input, ctx))) if (own) await remove(input, name, ctx);
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const found = await readDoomed(input, ctx);
    if (!found.ok) return unknowable(found);
    const left = captured.there.some((name) => found.value.some((one) => one.own && one.name === name));
    return left ? { happened: false } : { happened: true, receipt: { at: captured.at } };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const found = await readDoomed(input, ctx);
    if (!found.ok) return notSeen(found, pace.service);
    if (found.value.length === 0) return { state: 'done', output: { functions: sayDoomed(input) } };
    const progress = `${found.value.map(({ name }) => name).join(', ')} still there`;
    return { state: 'working', progress, againInMs: pace.service };
  },
  restore: () => null,
});

async function planDelete(input: In, ctx: KitContext): Promise<ActionPlan> {
  const owned: Question = { id: 'owned', title: 'this run has made them', expected: 'its tag on each', carry: 'never' };
  const found = await readDoomed(input, ctx);
  const names = { functions: sayDoomed(input) };
  return {
    target: { region: input.region, resource: `lambda:${sayDoomed(input)}` },
    before: { ...names, there: found.ok ? found.value.map(({ name }) => name).join(', ') || 'none' : null },
    after: { ...names, there: 'none' },
    noChange: found.ok && found.value.length === 0,
    checks: [
      judgeReading(owned, found, (all) => {
        const foreign = all.filter(({ own }) => !own);
        return {
          pass: foreign.length === 0,
          found: foreign.length === 0 ? `${all.length} of its own` : notOurs(input, foreign),
        };
      }),
    ],
    estimateMs: usual.instant,
  };
}

async function remove({ region: home }: In, name: string, ctx: KitContext): Promise<void> {
  const ref = { region: home, function: name };
  const command = new DeleteFunctionCommand({ FunctionName: name });
  await effect(`Deletion of the ${nameFunction(ref)}`, () => ctx.aws.lambda(home).send(command));
}

async function readDoomed(input: In, ctx: KitContext): Promise<Reading<Doomed[]>> {
  const found = await readFunctions(input.region, input.functions, ctx);
  if (!found.ok) return found;
  const named = found.value.filter(({ FunctionName }) => FunctionName.endsWith(input.suffix));
  return reading(`tags of ${sayDoomed(input)} in ${input.region}`, () =>
    Promise.all(named.map((one) => readOwner(input.region, one, ctx))),
  );
}

async function readOwner(home: string, { FunctionName, FunctionArn }: KnownFunction, ctx: KitContext): Promise<Doomed> {
  const command = new ListTagsCommand({ Resource: stated(FunctionArn, "a function's ARN") });
  const { Tags = {} } = await ctx.aws.lambda(home).send(command);
  const tags = Object.entries(Tags).map(([Key, Value]) => ({ Key, Value }));
  return { name: FunctionName, own: isMadeByRun(tags, ctx.owner) };
}

function sayDoomed({ functions, suffix }: In): string {
  return `${functions}…${suffix}`;
}

function notOurs({ region: home }: In, foreign: readonly Doomed[]): string {
  const names = foreign.map(({ name }) => name).join(', ');
  return `${names} in ${home} was not made by this run, and is not deleted`;
}
