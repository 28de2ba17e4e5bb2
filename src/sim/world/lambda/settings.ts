import type { CreateFunctionCommandInput, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda';
import type { Settings } from './state.ts';

type Given = Partial<CreateFunctionCommandInput> & Partial<UpdateFunctionConfigurationCommandInput>;

const plain = [
  'Runtime',
  'Handler',
  'Role',
  'Timeout',
  'MemorySize',
  'Description',
  'KMSKeyArn',
  'Architectures',
  'DeadLetterConfig',
  'EphemeralStorage',
  'FileSystemConfigs',
  'LoggingConfig',
  'TracingConfig',
  'VpcConfig',
] as const;

/** What a request sets, over what was set before. An empty environment or list of layers takes it away. */
export function settingsOf(given: Given, before: Settings): Settings {
  const set = Object.fromEntries(plain.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]])));
  const settings: Settings = { ...before, ...set };
  if (given.Layers) settings.Layers = given.Layers.map((Arn) => ({ Arn }));
  if (given.Environment) settings.Environment = given.Environment;
  if (settings.Layers?.length === 0) delete settings.Layers;
  if (Object.keys(settings.Environment?.Variables ?? {}).length === 0) delete settings.Environment;
  return settings;
}
