import type { World } from '../../src/sim/index.ts';
import type { State } from '../../src/sim/world/state.ts';

/** What holds in the cloud after a play, as the cloud itself knows it: sentences about what does not. */
export type Goal = (world: World) => string[];

const east = 'us-east-1';
const west = 'us-west-2';
const three = ['flightdata-main', 'flightdata-metrics', 'flightdata-config'];

function stateOf(world: World): State {
  return world.snapshot() as unknown as State;
}

function pointedAt(state: State, region: string, name: string): State['dynamoDb']['tables'][number] | undefined {
  const pointer = name.replace('flightdata-', '/flightdata/tables/');
  const value = state.ssm.parameters
    .find((one) => one.region === region && one.name === pointer)
    ?.versions.at(-1)?.value;
  return state.dynamoDb.tables.find((table) => table.region === region && table.name === value);
}

function unless(holds: boolean | undefined, sentence: string): string[] {
  return holds === true ? [] : [sentence];
}

const isCorrupt = ({ attributes }: { attributes: object }): boolean => !('flight_id' in attributes);

export const backedUp: Goal = (world) => {
  const { dynamoDb, buckets } = stateOf(world);
  const fresh = (name: string) => dynamoDb.backups.filter((one) => one.of.name === name && one.status === 'AVAILABLE');
  const saved = buckets.find(({ name }) => name === 'flightdata-lambda-backups-us-west-2');
  const manifests = Object.keys(saved?.objects ?? {}).filter((key) => key.endsWith('manifest.json'));
  return [
    ...three.flatMap((name) => unless(fresh(name).length === 3, `${name} has no third backup`)),
    ...three.flatMap((name) =>
      unless(tableIn(dynamoDb, name)?.recoverableSince !== null, `${name} cannot be restored to any time`),
    ),
    ...unless(manifests.length === 3, 'functions have no third backup'),
  ];
};

function tableIn({ tables }: State['dynamoDb'], name: string, region = east) {
  return tables.find((table) => table.region === region && table.name === name);
}

export const exported: Goal = (world) => {
  const { exports } = stateOf(world).dynamoDb;
  const done = (name: string) => exports.filter((one) => one.request.table === name && one.status === 'COMPLETED');
  return three.flatMap((name) => unless(done(name).length === 3, `${name} has no third export`));
};

export const replicating: Goal = (world) => {
  const { buckets } = stateOf(world);
  return ['raw', 'processed', 'analytics'].flatMap((name) => {
    const [from, to] = [`flightdata-${name}`, `flightdata-${name}-backup-us-west-2`].map((one) =>
      buckets.find((bucket) => bucket.name === one),
    );
    const keys = Object.keys(from?.objects ?? {});
    return [
      ...unless(from?.versioning === 'Enabled' && from.replication !== null, `${name} does not replicate`),
      ...unless(
        keys.length > 0 && keys.every((key) => to?.objects[key] !== undefined),
        `${name} is not in its replica`,
      ),
    ];
  });
};

/** Each bucket has what its replica has, and replicates. */
const refilled: Goal = (world) => {
  const { buckets } = stateOf(world);
  return ['raw', 'processed', 'analytics'].flatMap((name) => {
    const [own, replica] = [`flightdata-${name}`, `flightdata-${name}-backup-us-west-2`].map((one) =>
      buckets.find((bucket) => bucket.name === one),
    );
    const keys = Object.keys(replica?.objects ?? {});
    return [
      ...unless(own?.versioning === 'Enabled' && own.replication !== null, `${name} does not replicate`),
      ...unless(keys.length > 0 && keys.every((key) => own?.objects[key] !== undefined), `${name} lacks objects`),
    ];
  });
};

export const isolated: Goal = (world) => {
  const state = stateOf(world);
  const processor = state.lambda.functions.find((one) => one.region === east && one.name === 'flightdata-processor');
  const source = state.lambda.eventSources.find(
    (one) => one.function === 'flightdata-processor' && one.region === east,
  );
  return [
    ...unless(processor?.reserved === 0, 'the processor may run'),
    ...unless(source?.state === 'Disabled', 'the processor takes from its stream'),
    ...unless(
      tableIn(state.dynamoDb, 'flightdata-main')?.policy.asked?.document.includes('Deny'),
      'the table may be written to',
    ),
  ];
};

/** No table of us-east-1 keeps writers out. */
export const writable: Goal = (world) => {
  const { dynamoDb } = stateOf(world);
  return three.flatMap((name) =>
    unless(!tableIn(dynamoDb, name)?.policy.asked?.document.includes('Deny'), `${name} may not be written to`),
  );
};

export const ingesting: Goal = (world) => {
  const { lambda } = stateOf(world);
  const processor = lambda.functions.find((one) => one.region === east && one.name === 'flightdata-processor');
  const source = lambda.eventSources.find((one) => one.function === 'flightdata-processor' && one.region === east);
  return [
    ...unless(processor?.reserved === null && processor.state === 'Active', 'the processor is held'),
    ...unless(source?.state === 'Enabled', 'the processor takes nothing'),
  ];
};

export const recovered: Goal = (world) => {
  const state = stateOf(world);
  const table = pointedAt(state, east, 'flightdata-main');
  const old = tableIn(state.dynamoDb, 'flightdata-main');
  return [
    ...unless(table !== undefined && table.name !== 'flightdata-main', 'the pointer has not moved'),
    ...unless((table?.items.length ?? 0) > 500 && !table?.items.some(isCorrupt), 'the table is not whole'),
    ...unless(table?.ttl === 'expires_at' && table.deletionProtection, 'the table lacks its settings'),
    ...unless(old?.status === 'ACTIVE', 'the corrupt table is gone'),
    ...ingesting(world),
    ...answering(east)(world),
  ];
};

/** People get an answer from the Region, by the name that they use. */
export function answering(region: string): Goal {
  return (world) => {
    const { traffic } = stateOf(world);
    const led = world.view().traffic.find(({ name }) => name === 'api.flightdata.example');
    return unless(
      led?.region === region || (led === undefined && region === east),
      `people are led to ${led?.region}, ${JSON.stringify(traffic)}`,
    );
  };
}

export const rebuilt: Goal = (world) => {
  const state = stateOf(world);
  const functions = state.lambda.functions.filter(
    ({ region, name }) => region === east && name.startsWith('flightdata-'),
  );
  return [
    ...three.flatMap((name) => {
      const table = pointedAt(state, east, name);
      return unless(table?.status === 'ACTIVE' && table.items.length > 0, `${name} is not back`);
    }),
    ...unless(functions.length === 3 && functions.every((one) => one.state === 'Active'), 'functions are not back'),
    ...refilled(world),
    ...ingesting(world),
  ];
};

/** Nothing of a test is left, and everything real is as it was. */
export const tidy: Goal = (world) => {
  const state = stateOf(world);
  const names = [
    ...state.dynamoDb.tables.map(({ name }) => name),
    ...state.lambda.functions.map(({ name }) => name),
    ...state.cloudFormation.stacks.filter(({ status }) => status !== 'DELETE_COMPLETE').map(({ name }) => name),
  ];
  return [
    ...names.filter((name) => /test|simulation/.test(name)).map((name) => `${name} is left behind`),
    ...three.flatMap((name) => unless(names.includes(name), `${name} is gone`)),
  ];
};

export const untouched: Goal = (world) =>
  world
    .audit()
    .effects.filter(({ accepted }) => accepted)
    .map(({ command, target }) => `${command} of ${target}`);

function movedTo(region: string): Goal {
  return (world) => {
    const state = stateOf(world);
    return [
      ...answering(region)(world),
      ...three.flatMap((name) => {
        const table = pointedAt(state, region, name);
        return unless(table?.status === 'ACTIVE' && table.items.length > 0, `${name} is not in ${region}`);
      }),
      ...unless(
        state.lambda.functions.some((one) => one.region === region && one.name === 'flightdata-api'),
        `there are no functions in ${region}`,
      ),
    ];
  };
}

export const inWest = movedTo(west);
export const inEast: Goal = (world) => [...movedTo(east)(world), ...ingesting(world)];
