import { type AliasConfiguration, GetFunctionConfigurationCommand, ListAliasesCommand } from '@aws-sdk/client-lambda';
import type { SavedFunction } from '../../domain/function-backup.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type FunctionRef, nameFunction } from './function.ts';

type Alias = SavedFunction['aliases'][number];

/** The names under which it is called, each with the hash of the code that it leads to. */
export function readAliases(ref: FunctionRef, ctx: KitContext): Promise<Reading<Alias[]>> {
  return reading(`aliases of the ${nameFunction(ref)}`, async () => {
    const found: Alias[] = [];
    let Marker: string | undefined;
    do {
      const asked = { FunctionName: ref.function, ...(Marker === undefined ? {} : { Marker }) };
      const page = await ctx.aws.lambda(ref.region).send(new ListAliasesCommand(asked));
      for (const alias of stated(page.Aliases, 'the aliases')) found.push(await readAlias(ref, alias, ctx));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    return found;
  });
}

async function readAlias(ref: FunctionRef, alias: AliasConfiguration, ctx: KitContext): Promise<Alias> {
  const version = stated(alias.FunctionVersion, "an alias's version");
  const command = new GetFunctionConfigurationCommand({ FunctionName: ref.function, Qualifier: version });
  const { CodeSha256 } = await ctx.aws.lambda(ref.region).send(command);
  return { name: stated(alias.Name, "an alias's name"), version, sha256: stated(CodeSha256, 'the hash of its code') };
}
