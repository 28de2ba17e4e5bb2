import { openStore } from '../../src/store/open.ts';
import type { Outside } from '../../test/e2e/outside.ts';

/** Messages that one channel takes at once, and then each second. Source: docs.slack.dev rate limits. */
const limit = { burst: 5, perSecond: 1 };

/** In seconds: how long a message waited until Slack had it, and how long it would have at best within Slack's limit. */
export interface Waited {
  took: number;
  least: number;
}

interface Row {
  lane: string;
  enqueued: Date;
  ended: Date;
}

/** Every message that was put out to Slack's channels from an instant on, read from Muster's own books after it has stopped. */
export async function readWaits(
  { databaseUrl, dataDir, clock }: Pick<Outside, 'dataDir' | 'clock'> & { databaseUrl?: string },
  from: Date,
): Promise<Waited[]> {
  const where = databaseUrl === undefined ? { dataDir } : { databaseUrl };
  const store = await openStore({ ...where, purpose: 'sandbox', subscribers: [], clock });
  try {
    const rows = await store.tx((tx) =>
      tx.query<Row>(
        `select lane, enqueued_at as enqueued, ended_at as ended from outbox
         where state = 'sent' and document->>'to' = 'slack' and document->>'do' = 'post' and enqueued_at >= $1
         order by id`,
        [from],
      ),
    );
    const lanes = [...new Set(rows.map(({ lane }) => lane))];
    return lanes.flatMap((lane) => compare(rows.filter((row) => row.lane === lane)));
  } finally {
    await store.close();
  }
}

/** One channel's messages, in order, beside what a bucket of Slack's size lets through. */
function compare(rows: readonly Row[]): Waited[] {
  let left = limit.burst;
  let at = rows[0]?.enqueued.getTime() ?? 0;
  return rows.map(({ enqueued, ended }) => {
    const asked = enqueued.getTime();
    const now = Math.max(asked, at);
    left = Math.min(limit.burst, left + ((now - at) / 1000) * limit.perSecond);
    const missingMs = (Math.max(0, 1 - left) / limit.perSecond) * 1000;
    left = Math.max(0, left - 1);
    at = now + missingMs;
    return { took: (ended.getTime() - asked) / 1000, least: (at - asked) / 1000 };
  });
}
