import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { KitContext } from '../kit/context.ts';
import { secretEffect } from '../kit/effect.ts';
import { need, stated } from '../kit/reading.ts';
import { describeParameters, nameParameter, type ParameterRef } from './parameter.ts';

/** Type, key and tier are told again: without its key a SecureString would be encrypted with the account's default one. */
export async function putValue(ref: ParameterRef, value: string, ctx: KitContext): Promise<void> {
  const [now] = need(await describeParameters(ref.region, { names: [ref.name] }, ctx));
  const { type, keyId, tier } = stated(now, `the ${nameParameter(ref)}`);
  const command = new PutParameterCommand({
    Name: ref.name,
    Value: value,
    Type: type,
    Overwrite: true,
    ...(tier === undefined ? {} : { Tier: tier }),
    ...(keyId === undefined ? {} : { KeyId: keyId }),
  });
  await secretEffect(`Setting the ${nameParameter(ref)}`, () => ctx.aws.ssm(ref.region).send(command));
}
