import { createHash } from 'node:crypto';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { EventSourceSpec, FunctionSpec, LambdaEstate } from './estate.ts';

export interface LambdaState {
  functions: LambdaFunction[];
  eventSources: EventSource[];
  layers: { region: string; arn: string; base64: string }[];
  /** Faults that have taken functions away already. */
  struck: string[];
}

/** What an update of the configuration may change, as the service's answer has it. */
export type Settings = Pick<
  FunctionConfiguration,
  'Runtime' | 'Handler' | 'Role' | 'Timeout' | 'MemorySize' | 'Description' | 'Environment' | 'Layers' | 'KMSKeyArn'
> &
  Pick<FunctionConfiguration, 'Architectures' | 'TracingConfig' | 'DeadLetterConfig' | 'EphemeralStorage'> &
  Pick<FunctionConfiguration, 'VpcConfig' | 'LoggingConfig' | 'FileSystemConfigs'>;

export interface LambdaFunction {
  region: string;
  name: string;
  settings: Settings;
  base64: string;
  image: string | null;
  state: 'Pending' | 'Active' | 'Failed';
  update: 'InProgress' | 'Successful' | 'Failed';
  reason: string | null;
  modifiedAt: number;
  reserved: number | null;
  /** Since when nothing of it may run. */
  stoppedAt: number | null;
  tags: Record<string, string>;
  versions: { version: string; base64: string }[];
  aliases: Record<string, string>;
  policy: Statement[];
  asyncPerMinute: number;
  /** Seconds that an event handed to it may wait, where that is set. */
  eventAge: number | null;
}

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Principal: { Service: string } | { AWS: string };
  Action: string;
  Resource: string;
  Condition?: { ArnLike?: { 'AWS:SourceArn': string }; StringEquals?: { 'AWS:SourceAccount': string } };
}

export interface EventSource {
  id: string;
  region: string;
  function: string;
  source: string;
  state: 'Creating' | 'Enabling' | 'Enabled' | 'Disabling' | 'Disabled';
  batchSize: number;
  startingPosition: string | null;
  maximumRecordAge: number;
  modifiedAt: number;
  /** Since when nothing is taken from it. */
  heldSince: number | null;
}

const ageMs = 30 * 24 * 3_600_000;

export function buildLambda(estate: LambdaEstate, at: number): LambdaState {
  return {
    functions: estate.functions.map((spec) => buildFunction(spec, at)),
    eventSources: estate.eventSources.map((spec) => buildSource(spec, at)),
    struck: [],
    layers: estate.layers.map(({ code, ...layer }) => ({ ...layer, base64: Buffer.from(code).toString('base64') })),
  };
}

function buildFunction(spec: FunctionSpec, at: number): LambdaFunction {
  const base64 = Buffer.from(spec.image ? '' : spec.code).toString('base64');
  return {
    region: spec.region,
    name: spec.name,
    settings: {
      ...(spec.image ? {} : { Runtime: spec.runtime as 'python3.12', Handler: spec.handler }),
      Role: spec.role,
      Timeout: spec.timeout,
      MemorySize: spec.memory,
      Description: '',
      Architectures: ['x86_64'],
      ...(Object.keys(spec.environment).length > 0 ? { Environment: { Variables: spec.environment } } : {}),
      ...(spec.deadLetters === undefined ? {} : { DeadLetterConfig: { TargetArn: spec.deadLetters } }),
      ...(spec.layers.length > 0 ? { Layers: spec.layers.map((Arn) => ({ Arn })) } : {}),
    },
    base64,
    image: spec.image ?? null,
    state: 'Active',
    update: 'Successful',
    reason: null,
    modifiedAt: at - ageMs,
    reserved: spec.reserved ?? null,
    stoppedAt: spec.reserved === 0 ? at - ageMs : null,
    tags: spec.tags,
    versions: [...new Set(Object.values(spec.aliases))].map((version) => ({ version: String(version), base64 })),
    aliases: Object.fromEntries(Object.entries(spec.aliases).map(([name, version]) => [name, String(version)])),
    policy: spec.callers.map(({ id, service, source }) => ({
      Sid: id,
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'lambda:InvokeFunction',
      Resource: spec.name,
      Condition: { ArnLike: { 'AWS:SourceArn': source } },
    })),
    asyncPerMinute: spec.asyncPerMinute,
    eventAge: spec.eventAge ?? null,
  };
}

function buildSource(spec: EventSourceSpec, at: number): EventSource {
  return {
    id: uuidOf(`${spec.region}/${spec.function}/${spec.source}`),
    region: spec.region,
    function: spec.function,
    source: spec.source,
    state: spec.enabled ? 'Enabled' : 'Disabled',
    batchSize: spec.batchSize,
    startingPosition: isStream(spec.source) ? 'TRIM_HORIZON' : null,
    maximumRecordAge: spec.maximumRecordAge ?? -1,
    modifiedAt: at - ageMs,
    heldSince: spec.enabled ? null : at,
  };
}

export function isStream(source: string): boolean {
  return !source.includes(':sqs:');
}

export function uuidOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
