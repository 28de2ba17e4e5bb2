import { z } from 'zod';

const wait = (ms: number, what: string) => z.number().int().min(0).default(ms).describe(what);
const seconds = 1_000;
const minutes = 60 * seconds;

/** How long things take, in milliseconds of the world's clock. Defaults are AWS's usual ones. */
export const Timings = z.strictObject({
  promoteModifyingMs: wait(210 * seconds, 'A promotion stays `modifying`, still a replica.'),
  promoteRebootingMs: wait(90 * seconds, 'A promotion stays `rebooting`, still a replica.'),
  replicaCreatingMs: wait(20 * minutes, 'A new replica stays `creating`.'),
  databaseModifyingMs: wait(60 * seconds, 'A modification, reboot or rename.'),
  databaseStoppingMs: wait(3 * minutes, 'Stopping, starting or deleting a database.'),
  snapshotMs: wait(5 * minutes, 'A database stays `backing-up`, its new snapshot `creating`.'),
  snapshotCopyMs: wait(15 * minutes, 'A copy of a snapshot stays `creating`.'),
  restoreCreatingMs: wait(12 * minutes, 'A restored database stays `creating`.'),
  restoreBackingUpMs: wait(3 * minutes, 'And then `backing-up`; with Multi-AZ it is `modifying` as long again.'),
  schedulerMs: wait(5 * seconds, 'Until ECS takes up a changed service.'),
  taskPendingMs: wait(10 * seconds, 'A task stays PROVISIONING.'),
  taskRunningMs: wait(30 * seconds, 'Soonest that a task is RUNNING after it was asked for.'),
  taskSpreadMs: wait(30 * seconds, 'The slowest task takes this much longer.'),
  taskExitsMs: wait(15 * seconds, 'A task whose image is broken runs before it ends by itself.'),
  taskRetryMs: wait(20 * seconds, 'Until ECS tries another task after one has failed.'),
  taskStoppingMs: wait(10 * seconds, 'A task stays STOPPING after it has drained; it still runs.'),
  targetHealthyMs: wait(60 * seconds, 'A target stays `initial`.'),
  changeMs: wait(40 * seconds, 'A record change stays PENDING.'),
  healthCheckMs: wait(45 * seconds, 'Health checkers agree that an endpoint changed.'),
  ttlMs: wait(60 * seconds, 'Resolvers go on giving out the old answer.'),
  replicateMs: wait(15 * seconds, 'What is written to a replicated bucket stays PENDING.'),
  functionPendingMs: wait(20 * seconds, 'A new function stays Pending, an updated one InProgress.'),
  eventSourceMs: wait(25 * seconds, 'An event source mapping stays Disabling, Enabling or Creating.'),
  autoscaleOutMs: wait(3 * minutes, 'Autoscaling leaves a service below its minimum.'),
  autoscaleInMs: wait(15 * minutes, 'Autoscaling leaves an idle service above its minimum.'),
});
export type Timings = z.infer<typeof Timings>;
