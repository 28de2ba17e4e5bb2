/** How long until it is asked again, in milliseconds. */
export const pace = {
  /** Database states change over minutes; yet what is seen later is waited for longer. */
  database: 3_000,
  /** Backups and restores change over minutes to hours. */
  backup: 10_000,
  /** Tasks, targets, name servers and what is probed change over seconds. */
  service: 2_000,
  /** Between two readings that must agree. */
  confirm: 2_000,
} as const;

const second = 1_000;
/** Usual durations in milliseconds, for estimates. */
export const usual = { instant: second, seconds: 20 * second, minute: 60 * second, minutes: 4 * 60 * second } as const;
