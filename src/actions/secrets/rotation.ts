import { createHash } from 'node:crypto';
import { AddTagsToResourceCommand, type DBInstance, ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { GetRandomPasswordCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { KitContext } from '../kit/context.ts';
import { effect, secretEffect } from '../kit/effect.ts';
import { tagValue } from '../kit/owner.ts';
import { need, orAbsent, stated } from '../kit/reading.ts';
import { nameInstance, readInstance } from '../rds/instance.ts';
import type { DatabaseSecret } from './login.ts';
import { nameSecret, passwordIn, readSecret, withPassword } from './secret.ts';

const passwordTag = 'muster:password-by';
const passwordLength = 32;

/** The version that this step makes: the same however often it is sent, and the client token that says so. */
export function versionFor(owner: string, { region, secret }: DatabaseSecret): string {
  return createHash('sha256').update(`${owner} ${region} ${secret}`).digest('hex');
}

export function isSetBy(owner: string, instance: DBInstance): boolean {
  return tagValue(instance.TagList, passwordTag) === owner;
}

/** A new value beside the current one, unless this step has made it already. Returns its password. */
export async function stagePassword(of: DatabaseSecret, version: string, ctx: KitContext): Promise<string> {
  const staged = need(orAbsent(await readSecret(of, { version }, ctx)));
  if (staged !== undefined) return passwordIn(staged, of.key);
  const current = need(await readSecret(of, { stage: 'AWSCURRENT' }, ctx));
  passwordIn(current, of.key);
  const secrets = ctx.aws.secrets(of.region);
  const made = await secrets.send(
    new GetRandomPasswordCommand({ PasswordLength: passwordLength, ExcludePunctuation: true }),
  );
  const password = stated(made.RandomPassword, 'a password');
  const command = new PutSecretValueCommand({
    SecretId: of.secret,
    ClientRequestToken: version,
    SecretString: withPassword(current, of.key, password),
    // Without a stage it would be current at once, before the database knows it.
    VersionStages: ['AWSPENDING'],
  });
  await secretEffect(`A new version of the ${nameSecret(of)}`, () => secrets.send(command));
  return password;
}

/** The database is where a password counts: it is told first. The tag after it says that this step's one was sent. */
export async function setPassword(of: DatabaseSecret, password: string, ctx: KitContext): Promise<void> {
  const ref = { region: of.region, instance: of.database };
  const rds = ctx.aws.rds(of.region);
  const { DBInstanceArn } = need(await readInstance(ref, ctx));
  const command = new ModifyDBInstanceCommand({
    DBInstanceIdentifier: of.database,
    MasterUserPassword: password,
    ApplyImmediately: true,
  });
  await secretEffect(`A new password of ${nameInstance(ref)}`, () => rds.send(command));
  const tags = new AddTagsToResourceCommand({
    ResourceName: DBInstanceArn,
    Tags: [{ Key: passwordTag, Value: ctx.owner }],
  });
  await effect(`Tagging ${nameInstance(ref)}`, () => rds.send(tags));
}
