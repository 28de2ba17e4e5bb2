import {
  type BackupManifest,
  backupFolder,
  manifestName,
  type SavedFunction,
  SavedStatement,
} from '../../../domain/function-backup.ts';
import { Json } from '../../../domain/json.ts';
import type { State } from '../state.ts';
import type { BackupSpec, FunctionSpec } from './estate.ts';
import { describeFunction, sha256Of } from './find.ts';
import type { LambdaFunction } from './state.ts';

const hour = 3_600_000;

/** Lays the estate's backups into their buckets, as lambda.back-up would have made them then, and then what came since. */
export function seedBackups(state: State, now: number): void {
  const { backups, functions } = state.estate.lambda;
  for (const spec of backups) seedBackup(state, spec, now - spec.hoursAgo * hour);
  for (const spec of functions) changeSince(state, spec);
}

function changeSince({ lambda }: State, { region, name, since }: FunctionSpec): void {
  const fn = lambda.functions.find((one) => one.region === region && one.name === name);
  if (!fn || !since) return;
  if (since.code !== undefined) fn.base64 = Buffer.from(since.code).toString('base64');
  if (since.memory !== undefined) fn.settings.MemorySize = since.memory;
  if (since.published) publishAll(fn);
  for (const { id, source } of since.callers ?? []) {
    const caller = fn.policy.find(({ Sid }) => Sid === id);
    if (caller) caller.Condition = { ArnLike: { 'AWS:SourceArn': source } };
  }
  if (!since.gone) return;
  lambda.functions = lambda.functions.filter((one) => one !== fn);
  lambda.eventSources = lambda.eventSources.filter((one) => one.region !== region || one.function !== name);
}

function publishAll(fn: LambdaFunction): void {
  const version = String(fn.versions.length + 1);
  fn.versions.push({ version, base64: fn.base64 });
  fn.aliases = Object.fromEntries(Object.keys(fn.aliases).map((name) => [name, version]));
}

function seedBackup(state: State, spec: BackupSpec, at: number): void {
  const bucket = state.buckets.find(({ name }) => name === spec.bucket);
  if (!bucket) return;
  const folder = backupFolder(spec.prefix, new Date(at), 'daily');
  const put = (file: string, base64: string, contentType: string): void => {
    bucket.objects[`${folder}/${file}`] = { base64, contentType, metadata: {}, at, sha256: sha256Of(base64) };
  };
  const functions = state.lambda.functions.filter(({ region }) => region === spec.of);
  for (const fn of functions) if (fn.image === null) put(`${fn.name}.zip`, fn.base64, 'application/zip');
  const saved = functions.map((fn) => savedOf(state, fn));
  for (const { arn, file } of saved.flatMap(({ layers }) => layers)) {
    put(file, state.lambda.layers.find((layer) => layer.arn === arn)?.base64 ?? '', 'application/zip');
  }
  const about = { version: 1 as const, made_at: new Date(at).toISOString(), made_by: 'daily', region: spec.of };
  const manifest: BackupManifest = { ...about, functions: saved };
  put(manifestName, Buffer.from(JSON.stringify(manifest)).toString('base64'), 'application/json');
}

function savedOf(state: State, fn: LambdaFunction): SavedFunction {
  const { CodeSha256 = '', CodeSize = 0 } = describeFunction(state, fn);
  const layers = (fn.settings.Layers ?? []).map(({ Arn = '' }) => Arn);
  const sources = state.lambda.eventSources.filter((one) => one.region === fn.region && one.function === fn.name);
  const settings = {
    ...fn.settings,
    Layers: layers,
    Environment: { Variables: fn.settings.Environment?.Variables ?? {} },
  };
  return {
    name: fn.name,
    sha256: CodeSha256,
    size: CodeSize,
    file: fn.image === null ? `${fn.name}.zip` : null,
    image: fn.image,
    settings: plain(settings),
    tags: fn.tags,
    reserved: fn.reserved,
    aliases: Object.entries(fn.aliases).map(([name, version]) => {
      const published = fn.versions.find((one) => one.version === version);
      return { name, version, sha256: published ? sha256Of(published.base64) : CodeSha256 };
    }),
    sources: sources.map(({ source, batchSize, startingPosition }) => ({
      EventSourceArn: source,
      BatchSize: batchSize,
      ...(startingPosition === null ? {} : { StartingPosition: startingPosition }),
    })),
    policy: fn.policy.map((statement) => SavedStatement.parse(plain(statement))),
    layers: layers.map((arn) => ({
      arn,
      file: `layers/${arn.split(':').slice(-2).join('-')}.zip`,
      sha256: sha256Of(state.lambda.layers.find((layer) => layer.arn === arn)?.base64 ?? ''),
    })),
  };
}

function plain(value: object): Record<string, Json> {
  return Json.parse(JSON.parse(JSON.stringify(value))) as Record<string, Json>;
}
