import { buildCloudFormation } from './cloudformation/state.ts';
import { seedExports } from './dynamodb/seed-exports.ts';
import { buildDynamoDb } from './dynamodb/state.ts';
import { buildEc2 } from './ec2/state.ts';
import { databaseFor } from './ecs/connection.ts';
import { buildDefinitions } from './ecs/definition.ts';
import { newDeployment, newRollout } from './ecs/rollout.ts';
import { addTask } from './ecs/tasks.ts';
import type { Estate } from './estate.ts';
import { buildIam } from './iam/state.ts';
import { seedBackups } from './lambda/seed-backups.ts';
import { buildLambda } from './lambda/state.ts';
import { sampleMetrics, sampleMs } from './metrics.ts';
import { mint, schedule } from './model.ts';
import { buildPrograms } from './programs/state.ts';
import { regionDefaults } from './rds/network.ts';
import { scheduleBackups } from './rds/run-snapshot.ts';
import { resourceIdOf } from './rds/shape.ts';
import { buildRds } from './rds/state.ts';
import { buildBuckets } from './s3/state.ts';
import { buildSecrets } from './secrets/state.ts';
import { buildSsm } from './ssm/state.ts';
import type { Database, Deployment, Rollout, Scalable, Service, State, Zone } from './state.ts';
import { settle } from './timeline.ts';

const historyMs = 3 * 3_600_000;
const ageMs = 30 * 24 * 3_600_000;

/** A world at rest: everything in its estate has long been running, with three hours of metrics behind it. */
export function buildState(estate: Estate, at: number, salt: string): State {
  const state: State = {
    version: 1,
    estate,
    at: at - historyMs,
    pending: [],
    serial: 0,
    salt,
    databases: estate.databases.map((spec) => buildDatabase(spec, at)),
    services: [],
    taskDefinitions: buildDefinitions(estate, at - ageMs),
    scalables: estate.services.map((spec) => buildScalable(spec, at)),
    zones: estate.zones.map(buildZone),
    changes: [],
    healthChecks: estate.healthChecks.map((spec) => ({ ...spec, reached: false, flipping: false })),
    buckets: buildBuckets(estate.buckets, at),
    bucketsStruck: [],
    rds: buildRds(estate, at),
    dynamoDb: buildDynamoDb(estate.dynamoDb, at),
    lambda: buildLambda(estate.lambda, at),
    cloudFormation: buildCloudFormation(estate.cloudFormation, at, estate.account),
    programs: buildPrograms(estate.programs),
    ec2: buildEc2(estate.ec2, at),
    iam: buildIam(estate.iam, at),
    ssm: buildSsm(estate.ssm, at),
    secrets: buildSecrets(estate.secrets, at),
    traffic: {},
    series: {},
    faults: [],
    effects: [],
    writers: { overlapMs: 0, spells: [] },
    promotions: [],
  };
  state.services = estate.services.map((spec) => buildService(state, spec));
  seedBackups(state, at);
  seedExports(state, at);
  settle(state);
  for (; state.at < at; state.at += sampleMs) sampleMetrics(state);
  schedule(state, 0, 'tick', 'world');
  scheduleBackups(state);
  return state;
}

function buildDatabase(spec: Estate['databases'][number], at: number): Database {
  return {
    region: spec.region,
    id: spec.id,
    resourceId: resourceIdOf(spec),
    label: spec.label,
    securityGroups: spec.securityGroups ?? [`sg-${spec.id}`],
    sealedAt: null,
    restartedAt: at - ageMs,
    subnetGroup: spec.subnetGroup ?? regionDefaults.subnetGroup,
    parameterGroup: spec.parameterGroup ?? regionDefaults.parameterGroup,
    instanceClass: spec.instanceClass,
    storageGb: spec.storageGb,
    backupRetentionDays: spec.backupRetentionDays,
    backupWindow: '03:00-03:30',
    multiAz: spec.replicaOf === undefined,
    deletionProtection: false,
    createdAt: at - ageMs,
    status: 'available',
    doing: null,
    source: spec.replicaOf ?? null,
    silent: null,
    tables: spec.tables,
    damage: [],
    lastWriteAt: at,
    tags: spec.tags ?? {},
    pendingValues: {},
    ...(spec.password === undefined ? {} : { password: spec.password }),
    events: [],
  };
}

function buildScalable(spec: Estate['services'][number], at: number): Scalable {
  return {
    region: spec.region,
    cluster: spec.cluster,
    service: spec.name,
    min: spec.min,
    max: spec.max,
    suspended: { in: false, out: false, scheduled: false },
    createdAt: at - ageMs,
  };
}

function buildZone(spec: Estate['zones'][number]): Zone {
  return { id: spec.id, name: spec.name, records: spec.records, served: structuredClone(spec.records) };
}

function buildService(state: State, spec: Estate['services'][number]): Service {
  const since = state.at - ageMs;
  const deployment = { ...newDeployment(state, spec.taskDefinition), rollout: 'COMPLETED' as const };
  const service: Service = {
    region: spec.region,
    cluster: spec.cluster,
    name: spec.name,
    desired: spec.desired,
    desiredSince: since,
    actsAt: since,
    taskDefinition: spec.taskDefinition,
    deployments: [{ ...deployment, createdAt: since, updatedAt: since }],
    history: buildHistory(state, spec, deployment),
    circuitBreaker: spec.circuitBreaker ?? { enable: false, rollback: false },
    tasks: [],
    events: [{ id: mint(state, 32), at: since, message: `(service ${spec.name}) has reached a steady state.` }],
    database: spec.database,
    targetGroup: spec.targetGroup,
    cpu: spec.cpu,
    memory: spec.memory,
    launches: { left: 100, refilledAt: state.at },
    idleSince: null,
  };
  const database = databaseFor(state, service, spec.taskDefinition);
  for (let count = 0; count < spec.desired; count += 1) addTask(state, service, deployment.id, database);
  for (const task of service.tasks) {
    Object.assign(task, { status: 'RUNNING', unplaced: false, createdAt: since, startedAt: since + 45_000 });
  }
  return service;
}

/** The deployment that serves now and, a month before it, that of the revision before. */
function buildHistory(state: State, spec: Estate['services'][number], deployment: Deployment): Rollout[] {
  const [family = '', revision = '1'] = spec.taskDefinition.split(':');
  const ended = (of: Deployment, at: number): Rollout => ({
    ...newRollout(of),
    createdAt: at,
    finishedAt: at + 180_000,
    status: 'SUCCESSFUL',
  });
  const now = ended(deployment, state.at - ageMs);
  if (revision === '1') return [now];
  return [now, ended(newDeployment(state, `${family}:${Number(revision) - 1}`), state.at - 2 * ageMs)];
}
