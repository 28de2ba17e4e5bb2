import type {
  CreateEventSourceMappingCommandInput,
  CreateEventSourceMappingCommandOutput,
  EventSourceMappingConfiguration,
  ListEventSourceMappingsCommandInput,
  ListEventSourceMappingsCommandOutput,
  UpdateEventSourceMappingCommandInput,
  UpdateEventSourceMappingCommandOutput,
} from '@aws-sdk/client-lambda';
import { faultsOf, mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Due, State } from '../state.ts';
import { arnOf, findFunction, needFunction } from './find.ts';
import { type EventSource, isStream, type LambdaFunction, uuidOf } from './state.ts';

const againMs = 15_000;
const pageSize = 100;

export const eventSourceOperations: Operations = {
  ListEventSourceMappings: reading<ListEventSourceMappingsCommandInput, ListEventSourceMappingsCommandOutput>(list),
  UpdateEventSourceMapping: effect<UpdateEventSourceMappingCommandInput, UpdateEventSourceMappingCommandOutput>(
    (input) => `lambda:event-source/${input.UUID}`,
    update,
  ),
  CreateEventSourceMapping: effect<CreateEventSourceMappingCommandInput, CreateEventSourceMappingCommandOutput>(
    (input) => `lambda:${input.FunctionName}/${input.EventSourceArn}`,
    create,
  ),
};

function list(scene: Scene, input: ListEventSourceMappingsCommandInput) {
  const { state, region } = scene;
  if (input.FunctionName !== undefined) needFunction(scene, input.FunctionName);
  const all = state.lambda.eventSources.filter(
    (one) =>
      one.region === region &&
      (input.FunctionName === undefined || one.function === input.FunctionName.split(':').at(-1)) &&
      (input.EventSourceArn === undefined || one.source === input.EventSourceArn),
  );
  const from = Number(input.Marker ?? 0);
  const until = from + pageSize;
  return {
    EventSourceMappings: all.slice(from, until).map((one) => describe(state, one)),
    ...(until < all.length ? { NextMarker: String(until) } : {}),
  };
}

function update(scene: Scene, input: UpdateEventSourceMappingCommandInput) {
  const { state, region } = scene;
  const source = state.lambda.eventSources.find((one) => one.region === region && one.id === input.UUID);
  if (!source) refuse('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  if (source.state !== 'Enabled' && source.state !== 'Disabled') {
    const why = `Cannot update the event source mapping because it is in use: it is ${source.state}.`;
    refuse('ResourceInUseException', why);
  }
  const wanted = input.Enabled ?? true;
  if (wanted !== (source.state === 'Enabled')) become(state, source, wanted ? 'Enabling' : 'Disabling');
  return describe(state, source);
}

function create(scene: Scene, input: CreateEventSourceMappingCommandInput) {
  const { state, region } = scene;
  const fn = needFunction(scene, input.FunctionName);
  const from = input.EventSourceArn ?? '';
  if (!from.includes(`:${region}:`)) {
    refuse('InvalidParameterValueException', `The event source ${from} is not in ${region}.`);
  }
  if (isStream(from) && input.StartingPosition === undefined) {
    refuse('InvalidParameterValueException', '1 validation error detected: StartingPosition is required for a stream.');
  }
  const there = state.lambda.eventSources.some(
    (one) => one.region === region && one.function === fn.name && one.source === from,
  );
  if (there) refuse('ResourceConflictException', 'An event source mapping with these arns already exists.', 409);
  const source: EventSource = {
    id: uuidOf(mint(state, 16)),
    region,
    function: fn.name,
    source: from,
    state: 'Disabled',
    batchSize: input.BatchSize ?? 100,
    startingPosition: input.StartingPosition ?? null,
    maximumRecordAge: input.MaximumRecordAgeInSeconds ?? -1,
    modifiedAt: state.at,
    heldSince: state.at,
  };
  state.lambda.eventSources.push(source);
  if (input.Enabled !== false) become(state, source, 'Enabling');
  return describe(state, source);
}

function become(state: State, source: EventSource, through: 'Enabling' | 'Disabling'): void {
  source.state = through;
  source.modifiedAt = state.at;
  schedule(state, state.estate.timings.eventSourceMs, 'lambda.next', `event-source/${source.id}`);
}

export function settleSource(state: State, due: Due): void {
  const source = state.lambda.eventSources.find(({ id }) => `event-source/${id}` === due.subject);
  if (!source) return;
  const stuck = faultsOf(state, 'event-source-stuck').some(
    (fault) => fault.region === source.region && fault.function === source.function,
  );
  if (stuck) return schedule(state, againMs, 'lambda.next', due.subject);
  source.state = source.state === 'Disabling' ? 'Disabled' : 'Enabled';
  const fn = findFunction(state, source.region, source.function);
  if (fn) holdSources(state, fn);
}

/** Nothing is taken from a source that is disabled, nor for a function that may not run: it fills. */
export function holdSources(state: State, fn: LambdaFunction): void {
  for (const source of state.lambda.eventSources) {
    if (source.region !== fn.region || source.function !== fn.name) continue;
    const taken = source.state !== 'Disabled' && fn.reserved !== 0;
    source.heldSince = taken ? null : (source.heldSince ?? state.at);
  }
}

function describe(state: State, source: EventSource): EventSourceMappingConfiguration {
  return {
    UUID: source.id,
    FunctionArn: arnOf(state, { region: source.region, name: source.function }),
    EventSourceArn: source.source,
    State: source.state,
    StateTransitionReason: 'USER_INITIATED',
    BatchSize: source.batchSize,
    LastModified: new Date(source.modifiedAt),
    ...(source.startingPosition === null
      ? {}
      : { StartingPosition: source.startingPosition as 'LATEST', MaximumRecordAgeInSeconds: source.maximumRecordAge }),
  };
}
