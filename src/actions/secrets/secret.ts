import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export const secretName = z
  .string()
  .regex(/^[\w/+=.@-]{1,512}$/, 'expected the name of a secret such as app/database, never its value')
  .describe('Name of the secret in Secrets Manager.');

export const valueKey = z
  .string()
  .min(1)
  .default('password')
  .describe("Key of the password in the secret's JSON; a secret that is no JSON is the password itself.");

export const versionId = z
  .string()
  .min(32, 'expected the id of a version, 32 to 64 characters')
  .max(64, 'expected the id of a version, 32 to 64 characters');

export interface SecretRef {
  region: string;
  secret: string;
}

/** The stages of each version that has any. */
export type Stages = Readonly<Record<string, readonly string[]>>;

export function nameSecret({ region, secret }: SecretRef): string {
  return `secret ${secret} in ${region}`;
}

export function readStages(ref: SecretRef, ctx: KitContext): Promise<Reading<Stages>> {
  return reading(nameSecret(ref), async () => {
    const found = await ctx.aws.secrets(ref.region).send(new DescribeSecretCommand({ SecretId: ref.secret }));
    const stages = stated(found.VersionIdsToStages, 'the versions');
    if (versionAt(stages, 'AWSCURRENT') === undefined) throw new Error('it has no current version');
    return stages;
  });
}

/** The version that has a stage, or undefined. */
export function versionAt(stages: Stages, stage: string): string | undefined {
  return Object.entries(stages).find(([, of]) => of.includes(stage))?.[0];
}

type Which = { stage: string } | { version: string };

/** A value for as long as it is held in memory: it is nowhere written down. Only a run's role may read it. */
export function readSecret(ref: SecretRef, which: Which, ctx: KitContext): Promise<Reading<string>> {
  return reading(`value of the ${nameSecret(ref)}`, async () => {
    const one = 'stage' in which ? { VersionStage: which.stage } : { VersionId: which.version };
    const command = new GetSecretValueCommand({ SecretId: ref.secret, ...one });
    return stated((await ctx.aws.secrets(ref.region).send(command)).SecretString, 'a text');
  });
}

/** The password in a secret's text. Throws without quoting it. */
export function passwordIn(text: string, key: string): string {
  const fields = fieldsOf(text);
  if (fields === null) return text;
  const value = fields[key];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`the secret's JSON has no text under the key ${key}`);
}

/** The same secret with another password. */
export function withPassword(text: string, key: string, password: string): string {
  const fields = fieldsOf(text);
  return fields === null ? password : JSON.stringify({ ...fields, [key]: password });
}

function fieldsOf(text: string): Record<string, unknown> | null {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}
