import { z } from 'zod';

/** What Statuspage v1 takes. Source: developer.statuspage.io. */

export const componentStatus = z.enum([
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
  '',
]);

const status = z.enum([
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
]);

const incident = z.strictObject({
  name: z.string().min(1, "can't be blank").max(255, 'is too long (maximum is 255 characters)'),
  status: status.default('investigating'),
  impact_override: z.enum(['none', 'maintenance', 'minor', 'major', 'critical']).optional(),
  body: z.string().max(25_000, 'is too long (maximum is 25000 characters)').optional(),
  component_ids: z.array(z.string()).optional(),
  components: z.record(z.string(), componentStatus).optional(),
  deliver_notifications: z.boolean().default(true),
  metadata: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

export const newIncident = z.strictObject({ incident });
export type NewIncident = z.infer<typeof incident>;

/** Defaults are a new incident's; a change leaves alone what it does not name. */
const changes = incident
  .extend({ status, deliver_notifications: z.boolean() })
  .partial()
  .extend({ deliver_notifications: z.boolean().default(true) });

export const changedIncident = z.strictObject({ incident: changes });
export type ChangedIncident = z.infer<typeof changes>;

export const changedComponent = z.strictObject({
  component: z.strictObject({
    status: componentStatus.optional(),
    name: z.string().min(1).optional(),
    description: z.string().optional(),
  }),
});
