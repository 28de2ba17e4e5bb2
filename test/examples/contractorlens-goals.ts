import type { World } from '../../src/sim/index.ts';
import { admitsClients } from '../../src/sim/world/rds/sealing.ts';
import type { Database, State } from '../../src/sim/world/state.ts';

/** What holds in the cloud after a play, as the cloud itself knows it: sentences about what does not. */
export type Goal = (world: World) => string[];

const west = 'us-west-2';
const east = 'us-east-1';
const name = 'contractorlens-db';
const items = 48_210;

function stateOf(world: World): State {
  return world.snapshot() as unknown as State;
}

function unless(holds: boolean | undefined, sentence: string): string[] {
  return holds === true ? [] : [sentence];
}

function databasesIn({ databases }: State, region: string, begins = ''): Database[] {
  return databases.filter((one) => one.region === region && one.id.startsWith(begins));
}

/** People reach this Region, tasks run there, and they write to this database and to no other. */
function serves(world: World, region: string, database: RegExp, tasks = 2): string[] {
  const view = world.view();
  const traffic = view.traffic.find((one) => one.name === 'api.contractorlens.com');
  const service = view.regions.find((one) => one.region === region)?.services[0];
  const writers = view.writers.now;
  const [writer] = writers;
  return [
    ...unless(traffic?.region === region, `people reach ${traffic?.region}`),
    ...unless(service?.running === tasks, `${service?.running} tasks run in ${region}`),
    ...unless(service?.targets.healthy === tasks, `${service?.targets.healthy} targets are healthy in ${region}`),
    ...unless(
      writers.length === 1 && writer?.region === region && database.test(writer.id),
      `${writers.map(({ id }) => id).join(' and ') || 'no database'} takes writes`,
    ),
  ];
}

function scalesAgain(world: World, region: string, min: number): string[] {
  const scaling = world.view().regions.find((one) => one.region === region)?.services[0]?.autoscaling;
  const { in: into, out, scheduled } = scaling?.suspended ?? {};
  const isOn = scaling?.min === min && scaling.max === 8 && !into && !out && !scheduled;
  return unless(isOn, `autoscaling in ${region} is ${JSON.stringify(scaling)}`);
}

const noOverlap: Goal = (world) =>
  unless(world.audit().writersOverlapMs === 0, 'two databases took writes at the same time');

const nothingChanged: Goal = (world) =>
  world.audit().effects.map(({ command, target }) => `${command} was sent to ${target}`);

export const untouched: Goal = (world) => [
  ...nothingChanged(world),
  ...serves(world, west, /^contractorlens-db$/),
  ...scalesAgain(world, west, 2),
];

export const serving: Goal = (world) => serves(world, west, /^contractorlens-db$/);

export const movedEast: Goal = (world) => {
  const state = stateOf(world);
  const [restored, ...others] = databasesIn(state, east, `${name}-dr-`);
  const host = state.ssm.parameters.find((one) => one.region === east && one.name.endsWith('/host'));
  return [
    ...serves(world, east, /^contractorlens-db-dr-/),
    ...scalesAgain(world, east, 2),
    ...noOverlap(world),
    ...unless(restored?.tables.items === items && others.length === 0, 'its items were not restored, or twice'),
    ...unless(
      restored !== undefined && host?.versions.at(-1)?.value.startsWith(restored.id),
      'the parameter names another database',
    ),
    ...unless(
      state.programs.configurations.main?.workspaces['disaster-recovery']?.resources.length === 3,
      'the infrastructure is not complete',
    ),
  ];
};

/** The Region that was left cannot write, whatever it still runs. */
export const fencedWest: Goal = (world) => {
  const state = stateOf(world);
  const old = state.databases.find((one) => one.region === west && one.id === name);
  const service = state.services.find((one) => one.region === west);
  return [
    ...unless(service?.desired === 0, `${service?.desired} tasks are wanted in ${west}`),
    ...unless(old !== undefined && !admitsClients(state, old), 'the old database lets somebody in'),
  ];
};

export const wentEastByReplica: Goal = (world) => [
  ...serves(world, east, /^contractorlens-db-dr$/, 4),
  ...noOverlap(world),
  ...unless(world.audit().promotions.length === 1, 'no replica was promoted'),
];

export const cameBack: Goal = (world) => {
  const state = stateOf(world);
  const [left] = databasesIn(state, west, `${name}-left-`);
  return [
    ...serves(world, west, /^contractorlens-db$/),
    ...scalesAgain(world, west, 2),
    ...noOverlap(world),
    ...unless(
      left !== undefined && !admitsClients(state, left),
      'the database that was left is gone, or lets somebody in',
    ),
    ...unless(
      databasesIn(state, east).every((one) => !admitsClients(state, one)),
      'the database of us-east-1 lets somebody in',
    ),
  ];
};

/** All rows are there again, under the name that the application knows, and the damaged database is kept. */
export const restoredInPlace: Goal = (world) => {
  const state = stateOf(world);
  const [old, ...others] = databasesIn(state, west, `${name}-damaged-`);
  return [
    ...serves(world, west, /^contractorlens-db$/),
    ...scalesAgain(world, west, 2),
    ...noOverlap(world),
    ...unless(rowsIn(state, name) === items, `${rowsIn(state, name)} items are there`),
    ...unless(old !== undefined && others.length === 0, 'the damaged database was not kept'),
    ...unless(old !== undefined && !admitsClients(state, old), 'the damaged database lets somebody in'),
  ];
};

export const restoredBeside: Goal = (world) => {
  const state = stateOf(world);
  return [
    ...serves(world, west, /^contractorlens-db-restored-/),
    ...scalesAgain(world, west, 2),
    ...noOverlap(world),
    ...unless(databasesIn(state, west, name).length === 2, 'the broken database was not kept'),
  ];
};

function rowsIn({ databases }: State, id: string): number {
  const found = databases.find((one) => one.region === west && one.id === id);
  const lost = (found?.damage ?? []).reduce((sum, one) => sum + one.rows, 0);
  return (found?.tables.items ?? 0) - lost;
}

export const runsRevision =
  (revision: string, tasks = 2): Goal =>
  (world) => {
    const state = stateOf(world);
    const service = state.services.find((one) => one.region === west);
    return [
      ...serves(world, west, /^contractorlens-db$/, tasks),
      ...unless(service?.taskDefinition === revision, `it runs ${service?.taskDefinition}`),
    ];
  };

/** Every task that runs was started by this play. */
export const newTasks: Goal = (world) => {
  const running = stateOf(world)
    .services.find((one) => one.region === west)
    ?.tasks.filter(({ status }) => status === 'RUNNING');
  const first = world.audit().effects[0]?.at;
  const isNew = running?.every(({ createdAt }) => first !== undefined && createdAt >= Date.parse(first));
  return [...serving(world), ...unless(isNew, 'tasks of before still run')];
};

export const copied: Goal = (world) => {
  const { snapshots } = stateOf(world).rds;
  const fresh = (region: string, begins: string) =>
    snapshots.some((one) => one.region === region && one.id.startsWith(begins) && one.status === 'available');
  return [
    ...serving(world),
    ...unless(fresh(west, `${name}-snapshot-`), 'there is no new snapshot'),
    ...unless(fresh(east, `${name}-dr-`), 'there is no copy of it'),
  ];
};

/** It was really restored, and nothing of it is left. */
export const tested: Goal = (world) => {
  const state = stateOf(world);
  const service = state.services.find((one) => one.region === east);
  const [family, revision] = (service?.taskDefinition ?? '').split(':');
  const definition = state.taskDefinitions.find(
    (one) => one.region === east && one.family === family && String(one.revision) === revision,
  );
  const host = definition?.containers[0]?.environment?.find((one) => one.name === 'DB_HOST')?.value;
  const sent = world
    .audit()
    .effects.filter(({ accepted }) => accepted)
    .map(({ command }) => command);
  const workspaces = Object.keys(state.programs.configurations.main?.workspaces ?? {});
  return [
    ...serving(world),
    ...scalesAgain(world, east, 0),
    ...unless(sent.includes('RestoreDBInstanceFromDBSnapshot'), 'nothing was restored'),
    ...unless(databasesIn(state, east).length === 0, 'the test database is left'),
    ...unless(service?.desired === 0 && service.tasks.every(({ status }) => status === 'STOPPED'), 'tasks are left'),
    ...unless(host === 'contractorlens-db-dr.c4d5e6.us-east-1.rds.amazonaws.com', `its backend points to ${host}`),
    ...unless(!workspaces.some((one) => one.startsWith('dr-test-')), 'a workspace is left'),
  ];
};

export const replicated: Goal = (world) => {
  const replica = stateOf(world).databases.find((one) => one.region === east);
  return [
    ...serving(world),
    ...unless(replica?.id === `${name}-dr` && replica.status === 'available', 'there is no replica'),
    ...unless(replica?.source?.id === name, 'it replicates something else'),
  ];
};
