import type { BackupManifest, SavedFunction, SavedSource, SavedStatement } from '../../domain/function-backup.ts';
import type { JsonObject } from '../../domain/json.ts';
import { permissionFor } from './policy.ts';
import type { RestoreInput } from './restore-input.ts';
import { hasSettings, settingsFor } from './settings.ts';

/** A function as it is to be. */
export interface Target {
  name: string;
  region: string;
  saved: SavedFunction;
  settings: JsonObject;
  reserved: number | null;
  aliases: string[];
  sources: SavedSource[];
  policy: SavedStatement[];
  /** What cannot be taken to this Region or name, one phrase each. */
  left: string[];
}

/** What is to be restored of a backup. A trial beside what is there takes nothing that would make it work for others. */
export function targetsOf(input: RestoreInput, manifest: BackupManifest): Target[] {
  return manifest.functions
    .filter(({ name }) => name.startsWith(input.functions))
    .map((saved) => targetOf(input, saved, manifest.region));
}

function targetOf(input: RestoreInput, saved: SavedFunction, from: string): Target {
  const { settings, left } = settingsFor(saved.settings, from, input.region);
  const isTrial = input.suffix !== '';
  const moves = input.region !== from;
  const own = isTrial ? [] : saved.aliases.filter(({ sha256 }) => sha256 === saved.sha256);
  const sources = isTrial || moves ? [] : saved.sources;
  const policy = isTrial ? [] : saved.policy.filter((one) => isPossible(one, moves ? from : undefined));
  return {
    name: `${saved.name}${input.suffix}`,
    region: input.region,
    saved,
    settings: withEnvironment(isTrial ? withoutLogs(settings) : settings, input.environment),
    reserved: isTrial ? null : saved.reserved,
    aliases: own.map(({ name }) => name),
    sources,
    policy,
    left: [
      ...left.map((key) => `${saved.name}: ${key}`),
      ...saved.aliases.filter((one) => !own.includes(one)).map(({ name }) => `${saved.name}: alias ${name}`),
      ...saved.sources
        .filter((one) => !sources.includes(one))
        .map((one) => `${saved.name}: event source ${one.EventSourceArn}`),
      ...saved.policy.filter((one) => !policy.includes(one)).map((one) => `${saved.name}: caller ${one.Sid}`),
    ],
  };
}

/** A statement that a request can make, and that names nothing of the Region that is left. */
function isPossible(statement: SavedStatement, without: string | undefined): boolean {
  const permission = permissionFor(statement);
  return permission !== undefined && (without === undefined || !permission.SourceArn?.includes(`:${without}:`));
}

function withEnvironment(settings: JsonObject, changed: Record<string, string>): JsonObject {
  const { Variables } = (settings.Environment ?? {}) as { Variables?: JsonObject };
  return { ...settings, Environment: { Variables: { ...Variables, ...changed } } };
}

/** Another name logs elsewhere. */
function withoutLogs(settings: JsonObject): JsonObject {
  const { LoggingConfig: _ofTheOther, ...rest } = settings;
  return rest;
}

export function isConfigured(target: Target, now: JsonObject): boolean {
  return hasSettings(now, withoutFixed(target.settings));
}

/** The architecture comes with the code, and is no setting of its own. */
export function withoutFixed(settings: JsonObject): JsonObject {
  const { Architectures: _withCode, ...rest } = settings;
  return rest;
}
