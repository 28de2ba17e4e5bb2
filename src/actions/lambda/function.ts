import {
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export interface FunctionRef {
  region: string;
  function: string;
}

export const functionName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected a function name such as orders-api')
  .describe('Function name.');

export const functionPrefix = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'expected the beginning of function names')
  .describe('Functions whose names begin so.');

export type KnownFunction = FunctionConfiguration & { FunctionName: string; CodeSha256: string };

export function nameFunction({ function: name, region }: FunctionRef): string {
  return `function ${name} in ${region}`;
}

export function readConfiguration(ref: FunctionRef, ctx: KitContext): Promise<Reading<KnownFunction>> {
  return reading(nameFunction(ref), async () => {
    const command = new GetFunctionConfigurationCommand({ FunctionName: ref.function });
    return known(await ctx.aws.lambda(ref.region).send(command));
  });
}

/** Every function whose name begins so, page by page. */
export function readFunctions(region: string, prefix: string, ctx: KitContext): Promise<Reading<KnownFunction[]>> {
  return reading(`functions ${prefix}… in ${region}`, async () => {
    const found: KnownFunction[] = [];
    let Marker: string | undefined;
    do {
      const page = await ctx.aws.lambda(region).send(new ListFunctionsCommand(Marker === undefined ? {} : { Marker }));
      found.push(...stated(page.Functions, 'the functions').map(known));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    return found.filter(({ FunctionName }) => FunctionName.startsWith(prefix));
  });
}

function known(configuration: FunctionConfiguration): KnownFunction {
  const { FunctionName, CodeSha256 } = configuration;
  return {
    ...configuration,
    FunctionName: stated(FunctionName, "a function's name"),
    CodeSha256: stated(CodeSha256, 'the hash of its code'),
  };
}
