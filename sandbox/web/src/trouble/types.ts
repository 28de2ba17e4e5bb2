import type { MailFaults } from '../../../mail/faults.ts';
import type { Faults } from '../../../wire/faults.ts';

export interface FarEndFaults {
  /** Slack takes no call before `rateLimitedUntil`. */
  slack: Faults & { rateLimitedUntil: string | null };
  statuspage: Faults;
  mail: MailFaults;
  pager: Faults;
}
export type FarEnd = keyof FarEndFaults;

export interface Refusal {
  at: string;
  from: string;
  where: string;
  error: string;
  detail: string[];
}
