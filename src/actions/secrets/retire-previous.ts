import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { databaseSecret } from './database-secret.ts';
import { checkLetsIn, checkRefused, mustPass, tryPassword } from './login.ts';
import { nameSecret, readStages, versionId } from './secret.ts';

const previous = 'AWSPREVIOUS';

const Input = z.strictObject({
  ...databaseSecret,
  version: versionId.describe('The old version, as secrets.publish gave it.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({ version: z.string().describe('Version that nobody is given any more.') });

export const retirePrevious = defineEffect({
  name: 'secrets.retire-previous',
  version: 1,
  summary: 'Give the old value of a secret up, once the database is seen to refuse it',
  kind: 'converge',
  risk: 'irreversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant }),
  receipt: z.strictObject({ at: instant }),
  binds: ['secret'],
  checks: ['the version is neither current nor pending'],
  iam: {
    read: ['secretsmanager:DescribeSecret'],
    effect: ['secretsmanager:GetSecretValue', 'rds:DescribeDBInstances', 'secretsmanager:UpdateSecretVersionStage'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: false, how: 'Secrets Manager forgets the value. It opens nothing any more: rotate again instead.' },
  defaultTimeout: '5m',
  plan,
  async capture(input, ctx) {
    const [now, old] = await Promise.all([
      tryPassword(input, { stage: 'AWSCURRENT' }, ctx),
      tryPassword(input, { version: input.version }, ctx),
    ]);
    const proofs = [checkLetsIn('current', 'current password', now), checkRefused('old', 'old password', old)];
    mustPass(proofs, 'Nothing was given up.');
    return { at: ctx.clock.now().toISOString() };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    const command = new UpdateSecretVersionStageCommand({
      SecretId: input.secret,
      VersionStage: previous,
      RemoveFromVersionId: input.version,
    });
    await effect(`Giving up the old value of the ${nameSecret(input)}`, () =>
      ctx.aws.secrets(input.region).send(command),
    );
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const stages = await readStages(input, ctx);
    if (!stages.ok) return unknowable(stages);
    const so = stages.value[input.version] === undefined;
    return so ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const stages = await readStages(input, ctx);
    if (!stages.ok && stages.fault === 'not-found')
      return { state: 'failed', why: stages.sentence, cause: stages.fault };
    if (!stages.ok) return notSeen(stages, pace.service);
    const left = stages.value[input.version];
    if (left === undefined) return { state: 'done', output: { version: input.version } };
    return { state: 'working', progress: `it is still ${left.join(', ')}`, againInMs: pace.service };
  },
  restore: () => null,
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const stages = await readStages(input, ctx);
  const { region, secret, version } = input;
  const question: Question = {
    id: 'version',
    title: 'value is an old one',
    expected: `${previous}, or nothing any more`,
    carry: 'never',
  };
  const now = stages.ok ? (stages.value[version] ?? []) : null;
  return {
    target: { region, resource: `secretsmanager:${secret}` },
    before: { secret, version, stages: now === null ? null : [...now] },
    after: { secret, version, stages: [] },
    noChange: now?.length === 0,
    checks: [
      judgeReading(question, stages, (found) => {
        const has = found[version] ?? [];
        return { pass: has.every((stage) => stage === previous), found: has.join(', ') || 'nothing any more' };
      }),
    ],
    estimateMs: usual.instant,
  };
}
