import { z } from 'zod';

const times = z.number().int().min(1);

/** Strikes matching calls: the `nth` (first by default) and the following, `times` in all, or until cleared. */
const CallFault = z.strictObject({
  kind: z.literal('call'),
  fails: z.enum(['error', 'timeout', 'access-denied', 'throttling', 'lost-answer', 'garbage', 'slow']),
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
  z.strictObject({ kind: z.literal('database-status'), ...database, status: z.string() }),
  z.strictObject({
    kind: z.literal('tasks-do-not-start'),
    region: z.string(),
    cluster: z.string(),
    service: z.string(),
    /** Tasks that stay missing; without it no new task starts. */
    short: z.number().int().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('targets-unhealthy'), region: z.string(), targetGroup: z.string() }),
  CallFault,
]);
export type Fault = z.infer<typeof Fault>;
export type FaultInput = z.input<typeof Fault>;
export type FaultKind = Fault['kind'];
