import { createHash } from 'node:crypto';
import { GetFunctionCommand, type GetFunctionCommandOutput, GetLayerVersionByArnCommand } from '@aws-sdk/client-lambda';
import { type SavedFunction, SavedSource } from '../../domain/function-backup.ts';
import type { KitContext } from '../kit/context.ts';
import { need, reading, stated } from '../kit/reading.ts';
import { readAliases } from './aliases.ts';
import { readReserved } from './concurrency.ts';
import { type FunctionRef, nameFunction } from './function.ts';
import { readPolicy } from './policy.ts';
import { layersOf, settingsOf } from './settings.ts';
import { readSources, type Source } from './sources.ts';

/** The largest that Lambda takes, in bytes. */
const largest = 262_144_000;
const downloadMs = 40_000;

export interface Parcel {
  file: string;
  bytes: Uint8Array;
  sha256: string;
}

/** Reads all there is of a function, and its code from where Lambda offers it for ten minutes. */
export async function gatherFunction(
  ref: FunctionRef,
  ctx: KitContext,
): Promise<{ saved: SavedFunction; parcels: Parcel[] }> {
  const found = await getFunction(ref, ctx);
  const configuration = stated(found.Configuration, 'the configuration');
  const [reserved, aliases, policy, sources] = await Promise.all([
    readReserved(ref, ctx).then(need),
    readAliases(ref, ctx).then(need),
    readPolicy(ref, ctx).then(need),
    readSources(ref, ctx).then(need),
  ]);
  const settings = settingsOf(configuration);
  const sha256 = stated(configuration.CodeSha256, 'the hash of its code');
  const image = configuration.PackageType === 'Image' ? stated(found.Code?.ImageUri, 'its image') : null;
  const code = image === null ? [await fetchCode(ref, found, sha256, ctx)] : [];
  const layers = await Promise.all(layersOf(settings).map((arn) => fetchLayer(ref.region, arn, ctx)));
  const saved: SavedFunction = {
    ...{ name: ref.function, sha256, image, settings, reserved, policy },
    aliases: aliases.map(({ splits, ...alias }) => alias),
    size: image === null ? (configuration.CodeSize ?? 0) : 0,
    file: code[0]?.file ?? null,
    tags: found.Tags ?? {},
    sources: sources.flatMap(sourceSettings),
    layers: layers.map(({ arn, file, sha256: hash }) => ({ arn, file, sha256: hash })),
  };
  return { saved, parcels: [...code, ...layers] };
}

async function getFunction(ref: FunctionRef, ctx: KitContext): Promise<GetFunctionCommandOutput> {
  const read = await reading(nameFunction(ref), () =>
    ctx.aws.lambda(ref.region).send(new GetFunctionCommand({ FunctionName: ref.function })),
  );
  return need(read);
}

async function fetchCode(
  ref: FunctionRef,
  found: GetFunctionCommandOutput,
  sha256: string,
  ctx: KitContext,
): Promise<Parcel> {
  const address = stated(found.Code?.Location, 'where its code is');
  return { file: `${ref.function}.zip`, sha256, bytes: await fetchBytes(nameFunction(ref), address, sha256, ctx) };
}

async function fetchLayer(region: string, arn: string, ctx: KitContext): Promise<Parcel & { arn: string }> {
  const name = `layer ${arn}`;
  const layer = need(
    await reading(name, () => ctx.aws.lambda(region).send(new GetLayerVersionByArnCommand({ Arn: arn }))),
  );
  const sha256 = stated(layer.Content?.CodeSha256, 'the hash of its code');
  const address = stated(layer.Content?.Location, 'where its code is');
  const file = `layers/${arn.split(':').slice(-2).join('-')}.zip`;
  return { arn, file, sha256, bytes: await fetchBytes(name, address, sha256, ctx) };
}

/** The address itself is as good as a key for ten minutes: it stands in no sentence. */
async function fetchBytes(name: string, address: string, sha256: string, ctx: KitContext): Promise<Uint8Array> {
  const read = await reading(`code of the ${name}`, async () => {
    const { status, bytes } = await ctx.http.bytes(address, { timeoutMs: downloadMs, mostBytes: largest });
    if (status !== 200) throw new Error(`its address answers ${status}`);
    if (createHash('sha256').update(bytes).digest('base64') !== sha256)
      throw new Error('its hash is not what Lambda says');
    return bytes;
  });
  return need(read);
}

const sourceFields = [
  'EventSourceArn',
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'ParallelizationFactor',
  'StartingPosition',
  'FilterCriteria',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'TumblingWindowInSeconds',
  'FunctionResponseTypes',
  'ScalingConfig',
] as const;

/** One without an ARN is of no service of AWS: its servers would have to be named. */
function sourceSettings(source: Source): SavedSource[] {
  const kept = sourceFields.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]]));
  const saved = SavedSource.safeParse(JSON.parse(JSON.stringify(Object.fromEntries(kept))));
  return saved.success ? [saved.data] : [];
}
