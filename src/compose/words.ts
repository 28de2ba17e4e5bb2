import { createWords, type Words } from '../cli/words.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Person } from '../domain/person.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { audienceOf } from '../http/audience.ts';
import { verifyIdentity } from '../http/identity.ts';
import { exportAudit, verifyStored } from '../reports/audit.ts';
import { takeRequest } from '../store/seen-requests.ts';
import type { FarEnds } from './far-ends.ts';
import type { Muster } from './open-muster.ts';

/** The terminal's words over this Muster. */
export function wordsOf(muster: Muster, clock: Clock): Words {
  const { recovery, incidents, broadcast, rehearsals, schedules, store, home } = muster;
  const reports = {
    report: muster.reports.report,
    exportAudit: async ({ incidentId }: { incidentId?: number }) => {
      const rows: { incidentId?: number | null }[] = [];
      for await (const line of exportAudit({ store, clock, name: home.system.name })) rows.push(JSON.parse(line));
      return incidentId === undefined ? rows : rows.filter((row) => row.incidentId === incidentId);
    },
    verifyAudit: () => verifyStored(store),
  };
  return createWords({ recovery, incidents, broadcast, reports, rehearsals, schedules, clock, home });
}

/** Who speaks in a terminal: whoever AWS says has signed. Proofs are dated in real time, whatever a sandbox shows. */
export function identifier(
  muster: Muster,
  ends: Pick<FarEnds, 'stsUrls'>,
): (proof: unknown, word: string, args: JsonObject) => Promise<Person> {
  const { home, store } = muster;
  return (proof, word, args) =>
    verifyIdentity({
      proof,
      stsUrls: ends.stsUrls,
      audience: audienceOf(home.system.name, word, args),
      home,
      clock: systemClock,
      usedNonce: async (nonce) => !(await store.tx((tx) => takeRequest(tx, `nonce:${nonce}`, systemClock.now()))),
    });
}
