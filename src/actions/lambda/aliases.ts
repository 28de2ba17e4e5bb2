import { type AliasConfiguration, GetFunctionConfigurationCommand, ListAliasesCommand } from '@aws-sdk/client-lambda';
import type { SavedFunction } from '../../domain/function-backup.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type FunctionRef, nameFunction } from './function.ts';

/** `splits` is that a part of the calls leads to another version. */
export type SeenAlias = SavedFunction['aliases'][number] & { splits: boolean };

/** The names under which it is called, each with the hash of the code that it leads to. */
export function readAliases(ref: FunctionRef, ctx: KitContext): Promise<Reading<SeenAlias[]>> {
  return reading(`aliases of the ${nameFunction(ref)}`, async () => {
    const found: SeenAlias[] = [];
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

async function readAlias(ref: FunctionRef, alias: AliasConfiguration, ctx: KitContext): Promise<SeenAlias> {
  const version = stated(alias.FunctionVersion, "an alias's version");
  const command = new GetFunctionConfigurationCommand({ FunctionName: ref.function, Qualifier: version });
  const { CodeSha256 } = await ctx.aws.lambda(ref.region).send(command);
  const splits = Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0;
  const sha256 = stated(CodeSha256, 'the hash of its code');
  return { name: stated(alias.Name, "an alias's name"), version, sha256, splits };
}
