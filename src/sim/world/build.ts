import { buildCloudFormation } from './cloudformation/state.ts';
import { buildDynamoDb } from './dynamodb/state.ts';
import { buildEc2 } from './ec2/state.ts';
import { newDeployment } from './ecs/service.ts';
import { addTask } from './ecs/tasks.ts';
import type { Estate } from './estate.ts';
import { buildIam } from './iam/state.ts';
import { buildLambda } from './lambda/state.ts';
import { sampleMetrics, sampleMs } from './metrics.ts';
import { mint, schedule } from './model.ts';
import { buildSecrets } from './secrets/state.ts';
import { buildSsm } from './ssm/state.ts';
import type { Database, Scalable, Service, State, Zone } from './state.ts';
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
    scalables: estate.services.map((spec) => buildScalable(spec, at)),
    zones: estate.zones.map(buildZone),
    changes: [],
    healthChecks: estate.healthChecks.map((spec) => ({ ...spec, reached: false, flipping: false })),
    buckets: estate.buckets.map((spec) => ({ ...spec, objects: {} })),
    dynamoDb: buildDynamoDb(estate.dynamoDb, at),
    lambda: buildLambda(estate.lambda, at),
    cloudFormation: buildCloudFormation(estate.cloudFormation, at),
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
  settle(state);
  for (; state.at < at; state.at += sampleMs) sampleMetrics(state);
  schedule(state, 0, 'tick', 'world');
  return state;
}

function buildDatabase(spec: Estate['databases'][number], at: number): Database {
  return {
    region: spec.region,
    id: spec.id,
    label: spec.label,
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
    lastWriteAt: at,
    tags: {},
    pendingValues: {},
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
    tasks: [],
    events: [{ id: mint(state, 32), at: since, message: `(service ${spec.name}) has reached a steady state.` }],
    database: spec.database,
    targetGroup: spec.targetGroup,
    cpu: spec.cpu,
    memory: spec.memory,
    launches: { left: 100, refilledAt: state.at },
    idleSince: null,
  };
  for (let count = 0; count < spec.desired; count += 1) addTask(state, service, deployment.id);
  for (const task of service.tasks) {
    Object.assign(task, { status: 'RUNNING', unplaced: false, createdAt: since, startedAt: since + 45_000 });
  }
  return service;
}
