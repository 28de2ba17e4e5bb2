import { z } from 'zod';
import type { Faults } from '../wire/faults.ts';

/** A change to how one far end behaves; what is left out stays. */
export const Trouble = z.strictObject({
  target: z.enum(['slack', 'statuspage', 'mail', 'pager']),
  down: z.enum(['no', '503', 'refused']).optional(),
  slowMs: z.int().min(0).max(60_000).optional(),
  lose: z.strictObject({ times: z.int().min(0).max(100), of: z.string().default('') }).optional(),
  /** Addresses that the mail server has no mailbox for. */
  unknown: z.array(z.string()).max(100).optional(),
  /** Slack refuses every call as too many for this many seconds of the sandbox's clock. */
  rateLimitedSeconds: z.number().min(0).max(3600).optional(),
});
export type Trouble = z.infer<typeof Trouble>;

export function setTrouble(faults: Faults, trouble: Trouble): void {
  faults.down = trouble.down ?? faults.down;
  faults.slowMs = trouble.slowMs ?? faults.slowMs;
  faults.lose = trouble.lose ?? faults.lose;
}
