import { z } from 'zod';

const texts = z.record(z.string(), z.string());

/** A revision whose container is not the usual one; all that a service's own revision implies exist without being written. */
export const TaskDefinitionSpec = z.strictObject({
  region: z.string(),
  family: z.string(),
  revision: z.number().int().min(1),
  image: z.string().optional(),
  environment: texts.optional(),
  /** By name, the ARN of a Parameter Store parameter or of a secret. */
  secrets: texts.optional(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});
export type TaskDefinitionSpec = z.infer<typeof TaskDefinitionSpec>;

/** What ECS does about a rollout whose tasks fail; off where it is absent. */
export const CircuitBreakerSpec = z.strictObject({ enable: z.boolean(), rollback: z.boolean() });
