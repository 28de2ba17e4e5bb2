import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { incidentLabel, isIncident } from '../domain/incident.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store, Tx } from '../domain/ports/store.ts';
import type { MarkdownFile, ReviewView } from '../domain/views.ts';
import { readIncident } from '../store/incidents.ts';
import { type ReviewRow, readReview, reviewsOf } from '../store/reviews.ts';
import { readRecord } from './post-mortem/record.ts';
import { writePostMortem } from './post-mortem.ts';
import { writeRunsRecord } from './runs-record.ts';

/** What people are to read afterwards. Each throws `Refusal` when there is no such thing. */
export interface Reports {
  /** `file` is null where the incident's own messages say it all. */
  review(reviewId: string): Promise<{ view: ReviewView; file: MarkdownFile | null }>;
  /** The post-mortem, or a drill's or a month's record, as it would be written now; and every review that was asked for. */
  report(incidentId: number): Promise<{ file: MarkdownFile; reviews: ReviewView[] }>;
}

export interface ReportsDeps {
  store: Store;
  home: Home;
  clock: Clock;
  simulated: boolean;
}

export function createReports(deps: ReportsDeps): Reports {
  return {
    review: (reviewId) =>
      deps.store.tx(async (tx) => {
        const row = await readReview(tx, reviewId);
        if (!row) throw new Refusal(`There is no review ${reviewId}: \`report\` names those of an incident.`);
        const view = await viewReview(deps, tx, row);
        return { view, file: row.kind === 'post-mortem' ? await fileOf(deps, tx, row.incidentId) : null };
      }),
    report: (incidentId) =>
      deps.store.tx(async (tx) => {
        const file = await fileOf(deps, tx, incidentId);
        const rows = await reviewsOf(tx, incidentId);
        const reviews: ReviewView[] = [];
        for (const row of rows) reviews.push(await viewReview(deps, tx, row));
        return { file, reviews };
      }),
  };
}

async function fileOf({ home, clock, simulated }: ReportsDeps, tx: Tx, incidentId: number): Promise<MarkdownFile> {
  const record = await readRecord(tx, incidentId, { home, now: clock.now(), simulated });
  if (!record) throw new Refusal(`There is no incident INC-${incidentId}. /dr list shows those that are open.`);
  const label = incidentLabel(record.incident).toLowerCase();
  return isIncident(record.incident)
    ? { name: `${label}-post-mortem.md`, markdown: writePostMortem(record) }
    : { name: `${label}-record.md`, markdown: writeRunsRecord(record) };
}

async function viewReview({ home, clock, simulated }: ReportsDeps, tx: Tx, row: ReviewRow): Promise<ReviewView> {
  const incident = await readIncident(tx, row.incidentId);
  const { id, kind, incidentId, askedAt, dueAt, reviewedBy, reviewedAt } = row;
  const label = incidentLabel({ id: incidentId, kind: incident?.kind ?? 'incident' });
  return {
    ...{ id, kind, incidentId, askedAt, dueAt, reviewedBy, reviewedAt, label, simulated },
    title: incident?.title ?? label,
    subject: subjectOf(row, label),
    now: clock.now(),
    timezone: home.timezone,
  };
}

function subjectOf({ kind, glassBy, glassCode, glassReason }: ReviewRow, label: string): string {
  if (kind === 'post-mortem') return `The post-mortem of ${label}.`;
  const why = glassReason?.trim().replace(/\.$/, '') || 'no reason was kept';
  return `${glassBy ?? 'Somebody'} broke the glass for ${glassCode ?? 'a request'}: ${why}.`;
}
