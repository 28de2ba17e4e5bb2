import { z } from 'zod';

const times = z.number().int().min(1);

/** Strikes matching calls: the `nth` (first by default) and the following, `times` in all, or until cleared. */
const CallFault = z.strictObject({
  kind: z.literal('call'),
  fails: z.enum([
    'error',
    'timeout',
    'access-denied',
    'expired-credentials',
    'throttling',
    'lost-answer',
    'garbage',
    'slow',
  ]),
  service: z.string().optional(),
  command: z.string().optional(),
  region: z.string().optional(),
  nth: times.optional(),
  times: times.optional(),
  /** How late a `slow` answer comes, in milliseconds of the world's clock. */
  delayMs: z.number().int().min(0).optional(),
});
export type CallFault = z.infer<typeof CallFault>;

const database = { region: z.string(), instance: z.string() };
const table = { region: z.string(), table: z.string() };

/** Something that goes wrong in the simulated cloud until it is cleared. */
export const Fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('region-dark'), region: z.string() }),
  z.strictObject({ kind: z.literal('replica-lag'), ...database, seconds: z.number().min(0) }),
  z.strictObject({ kind: z.literal('replication-broken'), ...database }),
  z.strictObject({
    kind: z.literal('promotion-fails'),
    ...database,
    status: z.enum(['failed', 'incompatible-parameters', 'incompatible-network', 'storage-full']).default('failed'),
  }),
  z.strictObject({ kind: z.literal('promotion-never-ends'), ...database }),
  /** `instance` is what is copied or restored, `region` where the snapshot or the new instance is. */
  z.strictObject({ kind: z.literal('snapshot-fails'), ...database }),
  z.strictObject({
    kind: z.literal('restore-fails'),
    ...database,
    status: z
      .enum(['failed', 'incompatible-restore', 'incompatible-network', 'incompatible-parameters'])
      .default('failed'),
  }),
  /** A table of it lost rows, `minutes` before this; they are in no copy of it from then on. */
  z.strictObject({
    kind: z.literal('rows-lost'),
    ...database,
    table: z.string(),
    rows: z.number().int().min(1),
    minutes: z.number().min(0).default(0),
  }),
  z.strictObject({ kind: z.literal('database-status'), ...database, status: z.string() }),
  /** The instance is gone with its automated backups, whatever protects it. */
  z.strictObject({ kind: z.literal('database-lost'), ...database }),
  /** The service is gone with its tasks. */
  z.strictObject({ kind: z.literal('service-lost'), region: z.string(), cluster: z.string(), service: z.string() }),
  /** The record is gone, and given out no more. */
  z.strictObject({ kind: z.literal('record-lost'), zone: z.string(), name: z.string(), type: z.string() }),
  z.strictObject({
    kind: z.literal('tasks-do-not-start'),
    region: z.string(),
    cluster: z.string(),
    service: z.string(),
    /** Tasks that stay missing; without it no new task starts. */
    short: z.number().int().min(1).optional(),
  }),
  /** Tasks of this image cannot start, or end soon after they have. */
  z.strictObject({
    kind: z.literal('image-broken'),
    region: z.string(),
    image: z.string(),
    how: z.enum(['exits', 'cannot-pull']).default('exits'),
  }),
  z.strictObject({ kind: z.literal('targets-unhealthy'), region: z.string(), targetGroup: z.string() }),
  /** What was written to the table from `minutes` before this on lacks a field. */
  z.strictObject({
    kind: z.literal('table-corrupt'),
    ...table,
    minutes: z.number().min(0).default(0),
    field: z.string().default('flight_id'),
  }),
  /** The table is gone, as if somebody had deleted it. */
  z.strictObject({ kind: z.literal('table-lost'), ...table }),
  z.strictObject({ kind: z.literal('table-backup-never-ends'), ...table }),
  /** `table` is the source, `region` where the new table is. */
  z.strictObject({ kind: z.literal('table-restore-never-ends'), ...table }),
  z.strictObject({
    kind: z.literal('table-restore-fails'),
    ...table,
    status: z.enum(['gone', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS']).default('gone'),
  }),
  /** `table` is what is exported. */
  z.strictObject({ kind: z.literal('table-export-fails'), ...table }),
  /** Imports from the bucket fail, or leave out so many items; `region` is where the new table is. */
  z.strictObject({ kind: z.literal('import-fails'), region: z.string(), bucket: z.string(), items: times.optional() }),
  z.strictObject({ kind: z.literal('volume-snapshot-fails'), region: z.string(), volume: z.string() }),
  z.strictObject({
    kind: z.literal('script-fails'),
    script: z.string(),
    exit: z.number().int().min(1).max(255).default(1),
    output: z.string().default('Simulated: it failed.'),
  }),
  z.strictObject({ kind: z.literal('script-hangs'), script: z.string() }),
  z.strictObject({
    kind: z.literal('terraform-fails'),
    configuration: z.string(),
    verb: z.enum(['plan', 'apply', 'destroy']),
    output: z.string().default('Error: simulated'),
  }),
  z.strictObject({
    kind: z.literal('certificate'),
    name: z.string(),
    problem: z.enum(['other-name', 'untrusted']).optional(),
    /** Until it ends; less than nothing where it has ended. */
    days: z.number().int().optional(),
  }),
  z.strictObject({ kind: z.literal('address-slow'), host: z.string(), ms: z.number().int().min(0) }),
  z.strictObject({
    kind: z.literal('stack-fails'),
    region: z.string(),
    stack: z.string(),
    /** Its logical id. */
    resource: z.string(),
    reason: z.string().default('Resource handler returned message: "simulated"'),
  }),
  /** What is written to a bucket is refused by its destination, or waits. */
  z.strictObject({ kind: z.literal('replication-fails'), bucket: z.string() }),
  z.strictObject({ kind: z.literal('replication-stalls'), bucket: z.string() }),
  /** An update of the function's code or configuration ends in Failed. */
  z.strictObject({ kind: z.literal('function-update-fails'), region: z.string(), function: z.string() }),
  /** Functions whose names begin so are gone, with their event source mappings. */
  z.strictObject({ kind: z.literal('functions-lost'), region: z.string(), prefix: z.string() }),
  /** The bucket is gone, with all that it holds. */
  z.strictObject({ kind: z.literal('bucket-lost'), bucket: z.string() }),
  /** Its event source mappings stay in the state that they are leaving. */
  z.strictObject({ kind: z.literal('event-source-stuck'), region: z.string(), function: z.string() }),
  CallFault,
]);
export type Fault = z.infer<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;
export type FaultKind = Fault['kind'];
