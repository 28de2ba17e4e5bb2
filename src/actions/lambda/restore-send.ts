import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  type FunctionCode,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { ownerTags } from '../kit/owner.ts';
import { need as needed, reading, stated } from '../kit/reading.ts';
import { readAliases } from './aliases.ts';
import { reserve } from './concurrency.ts';
import { nameFunction } from './function.ts';
import { permissionFor, readPolicy } from './policy.ts';
import type { RestoreInput } from './restore-input.ts';
import type { Need } from './restore-need.ts';
import { type Target, withoutFixed } from './restore-target.ts';

/** Sends what a function needs next; nothing where it needs time or nothing. */
export async function sendNeed(input: RestoreInput, target: Target, need: Need, ctx: KitContext): Promise<void> {
  const ref = { region: target.region, function: target.name };
  const what = `${need.what} of the ${nameFunction(ref)}`;
  if (need.what === 'creation') return effect(`The ${what}`, () => create(input, target, ctx));
  if (need.what === 'code') return effect(`The ${what}`, () => updateCode(input, target, ctx));
  if (need.what === 'settings') return effect(`The ${what}`, () => updateSettings(target, ctx));
  if (need.what === 'concurrency') return reserve(ref, target.reserved, ctx);
  if (need.what === 'caller') return effect(`The ${what}`, () => setCaller(target, need.which, ctx));
  if (need.what === 'alias') return effect(`The ${what}`, () => setAlias(target, need.which, ctx));
  if (need.what === 'event source') return effect(`The ${what}`, () => addSource(target, need.which, ctx));
}

async function create(input: RestoreInput, target: Target, ctx: KitContext): Promise<void> {
  const tags = Object.fromEntries(ownerTags(ctx.owner).map(({ Key, Value }) => [Key, Value]));
  const request = {
    ...target.settings,
    FunctionName: target.name,
    PackageType: target.saved.image === null ? 'Zip' : 'Image',
    Code: await codeOf(input, target, ctx),
    Tags: { ...ownTags(target.saved.tags), ...tags },
  };
  await ctx.aws.lambda(target.region).send(new CreateFunctionCommand(request as unknown as CreateFunctionCommandInput));
}

/** Tags of AWS's own cannot be set. */
function ownTags(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}

async function updateCode(input: RestoreInput, target: Target, ctx: KitContext): Promise<void> {
  const code = await codeOf(input, target, ctx);
  const command = new UpdateFunctionCodeCommand({ FunctionName: target.name, ...code });
  await ctx.aws.lambda(target.region).send(command);
}

/** Lambda takes a package only from a bucket of its own Region; from elsewhere it is carried there. */
async function codeOf(input: RestoreInput, { saved }: Target, ctx: KitContext): Promise<FunctionCode> {
  if (saved.image !== null) return { ImageUri: saved.image };
  const place = { Bucket: input.bucket, Key: `${input.folder}/${saved.file}` };
  if (input.bucket_region === input.region) return { S3Bucket: place.Bucket, S3Key: place.Key };
  const read = await reading(`code ${place.Key} of bucket ${input.bucket}`, async () => {
    const { Body } = await ctx.aws.s3(input.bucket_region).send(new GetObjectCommand(place));
    return stated(Body, 'its contents').transformToByteArray();
  });
  return { ZipFile: needed(read) };
}

async function updateSettings(target: Target, ctx: KitContext): Promise<void> {
  const request = { ...withoutFixed(target.settings), FunctionName: target.name };
  await ctx.aws.lambda(target.region).send(new UpdateFunctionConfigurationCommand(request));
}

/** A statement cannot be changed: one that lets another caller in under that id is taken away first. */
async function setCaller(target: Target, sid: string, ctx: KitContext): Promise<void> {
  const statement = target.policy.find(({ Sid }) => Sid === sid);
  const permission = stated(statement && permissionFor(statement), `the caller ${sid}`);
  const lambda = ctx.aws.lambda(target.region);
  const FunctionName = target.name;
  const present = needed(await readPolicy({ region: target.region, function: target.name }, ctx));
  if (present.some(({ Sid }) => Sid === sid)) {
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: sid }));
  }
  await lambda.send(new AddPermissionCommand({ FunctionName, ...permission }));
}

/** The alias leads to the code as it was saved, whatever number that has here. */
async function setAlias(target: Target, name: string, ctx: KitContext): Promise<void> {
  const lambda = ctx.aws.lambda(target.region);
  const code = { FunctionName: target.name, CodeSha256: target.saved.sha256 };
  const { Version } = await lambda.send(new PublishVersionCommand(code));
  const alias = { FunctionName: target.name, Name: name, FunctionVersion: stated(Version, 'the version') };
  const present = needed(await readAliases({ region: target.region, function: target.name }, ctx));
  if (present.every((one) => one.name !== name)) await lambda.send(new CreateAliasCommand(alias));
  else await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig: { AdditionalVersionWeights: {} } }));
}

/** Disabled: what it takes from is let in again by a step of its own. */
async function addSource(target: Target, arn: string, ctx: KitContext): Promise<void> {
  const source = target.sources.find(({ EventSourceArn }) => EventSourceArn === arn);
  const request = { ...source, FunctionName: target.name, Enabled: false };
  const command = new CreateEventSourceMappingCommand(request as unknown as CreateEventSourceMappingCommandInput);
  await ctx.aws.lambda(target.region).send(command);
}
