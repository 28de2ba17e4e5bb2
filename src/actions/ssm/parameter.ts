import { DescribeParametersCommand, GetParameterCommand, type ParameterMetadata } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export const parameterName = z
  .string()
  .regex(/^[\w./-]{1,1011}$/, 'expected a parameter name such as /app/database/host')
  .describe('Parameter name.');

export interface ParameterRef {
  region: string;
  name: string;
}

export interface Parameter {
  type: string;
  version: number;
  /** Of a SecureString only where it was asked to be decrypted: what comes otherwise is encrypted. */
  value: string | undefined;
}

export const secure = 'SecureString';

export function nameParameter({ region, name }: ParameterRef): string {
  return `SSM parameter ${name} in ${region}`;
}

/** The parameter, or one version of it. A plan decrypts nothing: only a run's role may. */
export function readParameter(
  ref: ParameterRef,
  ctx: KitContext,
  of: { version?: number | undefined; decrypt?: true } = {},
): Promise<Reading<Parameter>> {
  const { version, decrypt = false } = of;
  const which = version === undefined ? '' : `version ${version} of the `;
  return reading(`${which}${nameParameter(ref)}`, async () => {
    const Name = version === undefined ? ref.name : `${ref.name}:${version}`;
    const command = new GetParameterCommand({ Name, WithDecryption: decrypt });
    const { Parameter: found } = await ctx.aws.ssm(ref.region).send(command);
    const type = stated(found?.Type, 'a type');
    const value = stated(found?.Value, 'a value');
    return {
      type,
      version: stated(found?.Version, 'a version'),
      value: type === secure && !decrypt ? undefined : value,
    };
  });
}

export type Filter = { names: readonly string[] } | { path: string };

/** What is told of a parameter without its value. */
export interface Described {
  name: string;
  setAt: Date;
  type: ParameterMetadata['Type'];
  /** Of a SecureString: the key that encrypts it. */
  keyId: string | undefined;
  tier: ParameterMetadata['Tier'];
}

/** What is known of parameters without their values, page by page. */
export function describeParameters(region: string, filter: Filter, ctx: KitContext): Promise<Reading<Described[]>> {
  const what = 'path' in filter ? `SSM parameters under ${filter.path}` : 'SSM parameters';
  return reading(`${what} in ${region}`, async () => {
    const found: ParameterMetadata[] = [];
    let token: string | undefined;
    do {
      const command = new DescribeParametersCommand({
        ParameterFilters: [
          'path' in filter
            ? { Key: 'Path', Option: 'Recursive', Values: [filter.path] }
            : { Key: 'Name', Option: 'Equals', Values: [...filter.names] },
        ],
        MaxResults: 50,
        NextToken: token,
      });
      const page = await ctx.aws.ssm(region).send(command);
      found.push(...stated(page.Parameters, 'the parameters'));
      token = page.NextToken;
    } while (token);
    return found.map((one) => ({
      name: stated(one.Name, 'the name of a parameter'),
      setAt: stated(one.LastModifiedDate, 'when a parameter was set'),
      type: stated(one.Type, 'the type of a parameter'),
      keyId: one.KeyId,
      tier: one.Tier,
    }));
  });
}
