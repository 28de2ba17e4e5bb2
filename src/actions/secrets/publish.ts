import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, stated } from '../kit/reading.ts';
import { databaseSecret } from './database-secret.ts';
import { checkLetsIn, mustPass, tryPassword } from './login.ts';
import { nameSecret, readStages, versionAt, versionId } from './secret.ts';

const Input = z.strictObject({
  ...databaseSecret,
  version: versionId.describe('Version that becomes the current one, as secrets.rotate gave it.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  version: z.string().describe('Version that is current now.'),
  previous: z.string().nullable().describe('Version that was current before, for secrets.retire-previous.'),
});

export const publish = defineEffect({
  name: 'secrets.publish',
  version: 1,
  summary: 'Make the new value of a secret the current one, once the database lets it in',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, current: z.string() }),
  receipt: z.strictObject({ at: instant }),
  binds: ['secret'],
  checks: ['the secret has this version'],
  iam: {
    read: ['secretsmanager:DescribeSecret'],
    effect: ['secretsmanager:GetSecretValue', 'rds:DescribeDBInstances', 'secretsmanager:UpdateSecretVersionStage'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: false, how: 'The password before it opens nothing any more: rotate again.' },
  defaultTimeout: '5m',
  plan,
  async capture(input, ctx) {
    const stages = need(await readStages(input, ctx));
    const login = await tryPassword(input, { version: input.version }, ctx);
    mustPass([checkLetsIn('new', 'new password', login)], 'Nothing was published.');
    const current = stated(versionAt(stages, 'AWSCURRENT'), 'a current version');
    return { at: ctx.clock.now().toISOString(), current };
  },
  async apply(input, { captured }, ctx) {
    const at = ctx.clock.now().toISOString();
    const command = new UpdateSecretVersionStageCommand({
      SecretId: input.secret,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: input.version,
      RemoveFromVersionId: captured.current,
    });
    await effect(`Publishing the ${nameSecret(input)}`, () => ctx.aws.secrets(input.region).send(command));
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const stages = await readStages(input, ctx);
    if (!stages.ok) return unknowable(stages);
    const so = versionAt(stages.value, 'AWSCURRENT') === input.version;
    return so ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const stages = await readStages(input, ctx);
    if (!stages.ok && stages.fault === 'not-found')
      return { state: 'failed', why: stages.sentence, cause: stages.fault };
    if (!stages.ok) return notSeen(stages, pace.service);
    const previous = versionAt(stages.value, 'AWSPREVIOUS') ?? null;
    const { version } = input;
    if (versionAt(stages.value, 'AWSCURRENT') === version) return { state: 'done', output: { version, previous } };
    return { state: 'working', progress: 'another version is current', againInMs: pace.service };
  },
  verify: async (input, _output, ctx) => [
    checkLetsIn('current', 'current password', await tryPassword(input, { stage: 'AWSCURRENT' }, ctx)),
  ],
  restore: () => null,
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const stages = await readStages(input, ctx);
  const { region, secret, version } = input;
  const current = stages.ok ? versionAt(stages.value, 'AWSCURRENT') : undefined;
  const expected = `version ${version.slice(0, 8)}`;
  const question: Question = { id: 'version', title: 'new value is there', expected, carry: 'never' };
  return {
    target: { region, resource: `secretsmanager:${secret}` },
    before: { secret, current: current ?? null },
    after: { secret, current: version },
    noChange: current === version,
    checks: [
      judgeReading(question, stages, (found) => ({
        pass: found[version] !== undefined,
        found: found[version]?.join(', ') ?? 'no such version',
      })),
    ],
    estimateMs: usual.instant,
  };
}
