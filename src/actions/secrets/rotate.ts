import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, orAbsent, type Reading } from '../kit/reading.ts';
import { nameInstance, readInstance, statusOf } from '../rds/instance.ts';
import { databaseSecret } from './database-secret.ts';
import { checkLetsIn, checkRefused, tryPassword } from './login.ts';
import { isSetBy, setPassword, stagePassword, versionFor } from './rotation.ts';
import { readSecret, readStages, type Stages, versionAt } from './secret.ts';

const Input = z.strictObject(databaseSecret);
type In = z.output<typeof Input>;

const version = z.string().describe("Version id of the secret's new value, for secrets.publish.");
const Output = z.strictObject({ version });
const Receipt = z.strictObject({ at: instant, version });

export const rotate = defineEffect({
  name: 'secrets.rotate',
  version: 1,
  summary: 'Give a database a new master password, kept beside the current one in its secret',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant }),
  receipt: Receipt,
  binds: ['secret', 'database'],
  checks: ['the secret has a current value', 'the database is available, and its password is not kept by RDS itself'],
  iam: {
    read: ['secretsmanager:DescribeSecret', 'rds:DescribeDBInstances'],
    effect: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:GetRandomPassword',
      'secretsmanager:PutSecretValue',
      'rds:AddTagsToResource',
      'rds:ModifyDBInstance',
    ],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: false,
    how: 'An old password is not brought back: go on to secrets.publish, or rotate again.',
  },
  defaultTimeout: '20m',
  plan,
  async capture(input, ctx) {
    need(await readStages(input, ctx));
    return { at: ctx.clock.now().toISOString() };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    const made = versionFor(ctx.owner, input);
    await setPassword(input, await stagePassword(input, made, ctx), ctx);
    return { at, version: made };
  },
  async lookup(input, { captured }, ctx) {
    const made = versionFor(ctx.owner, input);
    const staged = orAbsent(await readSecret(input, { version: made }, ctx));
    if (!staged.ok) return unknowable(staged);
    if (staged.value === undefined) return { happened: false };
    const [instance, login] = await Promise.all([readDatabase(input, ctx), tryPassword(input, { version: made }, ctx)]);
    if (!instance.ok) return unknowable(instance);
    if (!login.ok) return unknowable(login);
    if (login.value) return { happened: true, receipt: { at: captured.at, version: made } };
    if (isAtRest(instance.value)) return { happened: false };
    return { happened: 'unknowable', why: `${nameDatabase(input)} is ${statusOf(instance.value)}.` };
  },
  unchanged: (input, ctx) => ({ at: ctx.clock.now().toISOString(), version: versionFor(ctx.owner, input) }),
  async observe(input, receipt, ctx) {
    const instance = await readDatabase(input, ctx);
    if (!instance.ok && instance.fault === 'not-found')
      return { state: 'failed', why: instance.sentence, cause: instance.fault };
    if (!instance.ok) return notSeen(instance, pace.database);
    const login = await tryPassword(input, { version: receipt.version }, ctx);
    if (!login.ok) return notSeen(login, pace.database);
    if (login.value && isAtRest(instance.value)) return { state: 'done', output: { version: receipt.version } };
    const progress = `${statusOf(instance.value)}, the new password is ${login.value ? '' : 'not yet '}let in`;
    return { state: 'working', progress, againInMs: pace.database };
  },
  async verify(input, output, ctx) {
    const old = await tryOld(input, output.version, ctx);
    return [
      checkLetsIn('new', 'new password', await tryPassword(input, { version: output.version }, ctx)),
      checkRefused('old', 'old password', old),
    ];
  },
  restore: () => null,
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const [stages, instance] = await Promise.all([readStages(input, ctx), readDatabase(input, ctx)]);
  const { secret, database } = input;
  const mine = stages.ok ? (stages.value[versionFor(ctx.owner, input)] ?? []) : [];
  return {
    target: { region: input.region, resource: `rds:${database}` },
    before: { secret, database, password: 'the current one' },
    after: {
      secret,
      database,
      password: 'a new one, pending in the secret',
      programs: 'refused with the old one from here on: publish the new one, then restart them',
    },
    noChange: mine.length > 0 && instance.ok && isSetBy(ctx.owner, instance.value),
    checks: [checkSecret(stages), checkDatabase(instance)],
    estimateMs: usual.minute,
  };
}

function checkSecret(stages: Reading<Stages>): Check {
  const question: Question = {
    id: 'secret',
    title: 'secret has a value',
    expected: 'a current version',
    carry: 'never',
  };
  return judgeReading(question, stages, (found) => {
    const current = versionAt(found, 'AWSCURRENT');
    return { pass: current !== undefined, found: current === undefined ? 'none' : `version ${current.slice(0, 8)}` };
  });
}

function checkDatabase(instance: Reading<DBInstance>): Check {
  const expected = 'available, with a password that RDS does not keep itself';
  const question: Question = { id: 'database', title: 'password can be set', expected, carry: 'never' };
  return judgeReading(question, instance, (found) => ({
    pass: isAtRest(found) && found.MasterUserSecret === undefined,
    found: `${statusOf(found)}${found.MasterUserSecret ? ', its password is kept by RDS' : ''}`,
  }));
}

/** Before it is published the old one is the current version, afterwards the previous. */
async function tryOld(input: In, made: string, ctx: KitContext): Promise<Reading<boolean>> {
  const stages = await readStages(input, ctx);
  if (!stages.ok) return stages;
  const current = versionAt(stages.value, 'AWSCURRENT');
  return tryPassword(input, { stage: current === made ? 'AWSPREVIOUS' : 'AWSCURRENT' }, ctx);
}

function isAtRest(instance: DBInstance): boolean {
  return statusOf(instance) === 'available' && instance.PendingModifiedValues?.MasterUserPassword === undefined;
}

function readDatabase({ region, database }: In, ctx: KitContext): Promise<Reading<DBInstance>> {
  return readInstance({ region, instance: database }, ctx);
}

function nameDatabase({ region, database }: In): string {
  return nameInstance({ region, instance: database });
}
