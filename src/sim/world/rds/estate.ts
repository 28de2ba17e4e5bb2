import { z } from 'zod';

const named = z.strictObject({ region: z.string(), name: z.string() });

/** A snapshot that was there before: of a database of the estate, or of one that is elsewhere, whose class and tables it has. */
const SnapshotSpec = z.strictObject({
  region: z.string(),
  id: z.string(),
  /** Identifier of the instance that it was taken of, in whichever Region. */
  database: z.string(),
  type: z.enum(['manual', 'automated']).default('manual'),
  takenMinutesAgo: z.number().int().min(0),
  /** Where it was copied from, and when: the copy is newer than what is in it. */
  copyOf: z.strictObject({ region: z.string(), id: z.string(), minutesAgo: z.number().int().min(0) }).optional(),
});
export type SnapshotSpec = z.infer<typeof SnapshotSpec>;

/** What the cloud's RDS begins with besides its databases. */
export const RdsEstate = z.strictObject({
  snapshots: z.array(SnapshotSpec).default([]),
  /** Subnet and parameter groups that no database of the estate has, besides the Region's defaults. */
  subnetGroups: z.array(named).default([]),
  parameterGroups: z.array(named).default([]),
});
export type RdsEstate = z.infer<typeof RdsEstate>;
