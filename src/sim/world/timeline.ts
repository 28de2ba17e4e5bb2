import { runCloudFormation } from './cloudformation/run-due.ts';
import { runDynamoDb } from './dynamodb/run-due.ts';
import { settleTables } from './dynamodb/settle.ts';
import { writeItems } from './dynamodb/writers.ts';
import { runEc2 } from './ec2/run-due.ts';
import { tickAutoscaler } from './ecs/autoscaler.ts';
import { runTaskFails } from './ecs/failing.ts';
import { settleService, tickService } from './ecs/service.ts';
import { runTaskStep } from './ecs/task-step.ts';
import { hasWriters } from './ecs/tasks.ts';
import { runIam } from './iam/run-due.ts';
import { settleFunctions } from './lambda/lost.ts';
import { runLambda } from './lambda/run-due.ts';
import { sampleMetrics, sampleMs } from './metrics.ts';
import { isDark, schedule } from './model.ts';
import { settleDamage } from './rds/damage.ts';
import { acceptsWrites, settleSilence } from './rds/lag.ts';
import { runSnapshot } from './rds/run-snapshot.ts';
import { settleSeal } from './rds/sealing.ts';
import { databaseKey, runDatabaseNext } from './rds/work.ts';
import { runChangeInSync } from './route53/change.ts';
import { runHealthFlip, runTrafficFollow, settleHealthChecks, settleTraffic } from './route53/resolve.ts';
import { settleBuckets } from './s3/lost.ts';
import { runS3 } from './s3/run-due.ts';
import { runSecrets } from './secrets/run-due.ts';
import { runSsm } from './ssm/run-due.ts';
import type { Database, Due, DueKind, Service, State } from './state.ts';
import { balancerFor } from './web.ts';

const runners: Readonly<Record<DueKind, (state: State, due: Due) => void>> = {
  tick: runTick,
  'database.next': runDatabaseNext,
  'service.act': () => {},
  'task.pending': runTaskStep,
  'task.running': runTaskStep,
  'task.stopping': runTaskStep,
  'task.stopped': runTaskStep,
  'task.fails': runTaskFails,
  'change.insync': runChangeInSync,
  'health.flip': runHealthFlip,
  'traffic.follow': runTrafficFollow,
  'dynamoDb.next': runDynamoDb,
  'lambda.next': runLambda,
  'cloudFormation.next': runCloudFormation,
  'ec2.next': runEc2,
  'iam.next': runIam,
  'ssm.next': runSsm,
  'secrets.next': runSecrets,
  'snapshot.next': runSnapshot,
  's3.next': runS3,
};

/** Carries the world forward to `now`, letting everything that is due on the way happen at its own time. */
export function advance(state: State, now: number): void {
  for (;;) {
    const due = state.pending[0];
    if (!due || due.at > now) break;
    state.pending.shift();
    moveTo(state, due.at);
    runners[due.what](state, due);
    settle(state);
  }
  moveTo(state, now);
}

function moveTo(state: State, at: number): void {
  if (at <= state.at) return;
  const writing = writersOf(state);
  if (writing.length > 1) state.writers.overlapMs += at - state.at;
  for (const database of writing) database.lastWriteAt = at;
  state.at = at;
}

/** Databases that take writes while tasks of their Region run against them. */
export function writersOf(state: State): Database[] {
  return state.databases.filter((database) => acceptsWrites(state, database) && hasWriters(state, database));
}

/** Draws the consequences of whatever just changed. */
export function settle(state: State): void {
  for (const service of state.services) settleService(state, service);
  for (const database of state.databases) settleSeal(state, database);
  for (const database of state.databases) settleSilence(state, database);
  settleDamage(state);
  settleTables(state);
  settleFunctions(state);
  settleBuckets(state);
  settleHealthChecks(state);
  settleTraffic(state);
  for (const service of state.services) settleIdleness(state, service);
  settleWriters(state);
}

function settleWriters(state: State): void {
  const writing = writersOf(state);
  const { spells } = state.writers;
  const open = spells.filter(({ until }) => until === null);
  for (const spell of open) if (!writing.some((database) => isSame(database, spell))) spell.until = state.at;
  for (const { region, id } of writing) {
    if (!open.some((spell) => isSame(spell, { region, id }))) spells.push({ region, id, from: state.at, until: null });
  }
}

function isSame(one: Pick<Database, 'region' | 'id'>, other: Pick<Database, 'region' | 'id'>): boolean {
  return databaseKey(one) === databaseKey(other);
}

function settleIdleness(state: State, service: Service): void {
  if (isBusy(state, service)) service.idleSince = null;
  else service.idleSince ??= state.at;
}

function isBusy(state: State, service: Service): boolean {
  if (isDark(state, service.region)) return false;
  return Object.keys(state.traffic).some((name) =>
    balancerFor(state, name)?.targetGroups.includes(service.targetGroup),
  );
}

function runTick(state: State): void {
  for (const service of state.services) tickService(state, service);
  tickAutoscaler(state);
  writeItems(state);
  sampleMetrics(state);
  schedule(state, sampleMs, 'tick', 'world');
}
