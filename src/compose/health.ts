import type { Part } from '../http/routes.ts';
import type { MusterLog } from './log.ts';
import type { Finding } from './readiness.ts';

export interface Health {
  /** Reads how every part is now, and since when it has been so. */
  look(): Promise<Part[]>;
}

/** Remembers since when each part is in trouble, and tells the log when that begins and when it is over. */
export function createHealth(of: {
  read: () => Promise<Finding[]>;
  log: MusterLog;
  now: () => Date;
  /** Told of each look. */
  seen: (parts: readonly Finding[]) => void;
}): Health {
  const { read, log, now, seen } = of;
  const troubles = new Map<string, Date>();

  const place = (finding: Finding): Part => {
    const { name, ok, why } = finding;
    const before = troubles.get(name);
    if (ok) {
      if (before) log.info({ part: name, since: before }, 'a part is well again');
      troubles.delete(name);
      return finding;
    }
    const since = before ?? finding.since ?? now();
    troubles.set(name, since);
    if (!before) log.warn({ part: name, why, since }, 'a part is in trouble');
    return { ...finding, since };
  };

  return {
    look: async () => {
      const findings = await read();
      seen(findings);
      return findings.map(place);
    },
  };
}
