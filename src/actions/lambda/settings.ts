import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { Json, type JsonObject } from '../../domain/json.ts';

const plain = [
  'Runtime',
  'Handler',
  'Role',
  'Description',
  'Timeout',
  'MemorySize',
  'KMSKeyArn',
  'Architectures',
  'DeadLetterConfig',
  'EphemeralStorage',
  'FileSystemConfigs',
  'LoggingConfig',
  'TracingConfig',
] as const;

/** A function's settings as a request would set them: an answer words some of them otherwise. */
export function settingsOf(configuration: FunctionConfiguration): JsonObject {
  const { Environment, Layers, VpcConfig, ImageConfigResponse } = configuration;
  const same = plain.flatMap((key) => (configuration[key] === undefined ? [] : [[key, configuration[key]]]));
  const subnets = VpcConfig?.SubnetIds ?? [];
  const network = { SubnetIds: subnets, SecurityGroupIds: VpcConfig?.SecurityGroupIds ?? [] };
  return z.record(z.string(), Json).parse(
    JSON.parse(
      JSON.stringify({
        ...Object.fromEntries(same),
        Environment: { Variables: Environment?.Variables ?? {} },
        Layers: (Layers ?? []).map(({ Arn }) => Arn),
        ...(subnets.length > 0 ? { VpcConfig: network } : {}),
        ...(ImageConfigResponse?.ImageConfig ? { ImageConfig: ImageConfigResponse.ImageConfig } : {}),
      }),
    ),
  );
}

/** Settings that name things of one Region, which another does not have. */
const regional = ['VpcConfig', 'KMSKeyArn', 'DeadLetterConfig', 'FileSystemConfigs'] as const;

/** The settings for a function in `to`, and which of them cannot be taken there. Layers are looked for under the same name. */
export function settingsFor(saved: JsonObject, from: string, to: string): { settings: JsonObject; left: string[] } {
  if (from === to) return { settings: saved, left: [] };
  const left = regional.filter((key) => key in saved && JSON.stringify(saved[key]) !== '{}');
  const kept = Object.fromEntries(Object.entries(saved).filter(([key]) => !left.some((one) => one === key)));
  const layers = layersOf(saved).map((arn) => arn.replace(`:${from}:`, `:${to}:`));
  return { settings: { ...kept, Layers: layers }, left };
}

export function layersOf(settings: JsonObject): string[] {
  return z.array(z.string()).catch([]).parse(settings.Layers);
}

/** Whether everything that is wanted is so; what nobody asked for is not compared. */
export function hasSettings(now: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([key, value]) => canonical(now[key]) === canonical(value));
}

function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${key}:${canonical(value[key])}`).join()}}`;
}
