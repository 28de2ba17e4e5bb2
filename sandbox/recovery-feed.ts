import { startLoop } from '../src/compose/loop.ts';
import type { Muster } from '../src/compose/open-muster.ts';
import { type Incident, mostReal } from '../src/domain/incident.ts';
import { approvalsOf } from '../src/store/consents.ts';
import { endedConsentsOfRun, readChangeMark, settledAttempts } from '../src/store/watch.ts';
import { BotNews, type RecoveryNews } from './recovery-news.ts';

type Watched = Pick<Muster, 'incidents' | 'recovery' | 'store'>;

export interface FeedOptions {
  muster: Watched;
  send(news: BotNews): void;
  onError(error: unknown): void;
  /** Real milliseconds from one look to the next. */
  everyMs?: number;
}

const usualEveryMs = 300;
/** While an incident is open, everything is read again after so many looks that saw no change. */
const patience = 10;

/** Tells how the recovery stands, at once and whenever it stands otherwise; a look that sees no change is one query. */
export function startRecoveryFeed({
  muster,
  send,
  onError,
  everyMs = usualEveryMs,
}: FeedOptions): ReturnType<typeof startLoop> {
  let mark: string | null = null;
  let told: string | null = null;
  let open = false;
  let quiet = 0;
  let failing = false;

  async function look(): Promise<void> {
    const seen = await muster.store.tx(readChangeMark);
    quiet += 1;
    if (seen !== mark || (open && quiet > patience)) {
      const recovery = await readNews(muster);
      const text = withoutNow(recovery);
      if (text !== told) send(BotNews.parse({ recovery }));
      told = text;
      mark = seen;
      quiet = 0;
      open = recovery !== null && recovery.incident.incident.phase !== 'closed';
    }
    failing = false;
  }

  // A store that is away is said once, not at every look.
  return startLoop(everyMs, look, (error) => {
    if (!failing) onError(error);
    failing = true;
  });
}

/** What is real goes first, then a drill, then routines; else the newest that there was. */
export function shownOf(all: readonly Incident[]): Incident | undefined {
  const open = all.filter(({ phase }) => phase !== 'closed');
  const [first] = mostReal(open);
  return first ?? all[0];
}

async function readNews({ incidents, recovery, store }: Watched): Promise<RecoveryNews | null> {
  const all = await incidents.list();
  const shown = shownOf(all);
  if (!shown) return null;
  // Before the run: whoever is told that a request waits no more is told of the run that it began as well.
  const consents = await recovery.pendingConsents(shown.id);
  const run = await recovery.currentRun(shown.id);
  const past = await store.tx(async (tx) => {
    if (run === null) return { answered: [], attempts: [] };
    const answered = [];
    for (const consent of await endedConsentsOfRun(tx, run.run)) {
      answered.push({ ...consent, approvals: await approvalsOf(tx, consent.id) });
    }
    return { answered, attempts: await settledAttempts(tx, run.run.id) };
  });
  const news = {
    incident: await incidents.view(shown.id),
    run,
    consents,
    ...past,
  };
  return JSON.parse(JSON.stringify(news)) as RecoveryNews;
}

/** Time alone is no news. */
function withoutNow(news: RecoveryNews | null): string {
  return JSON.stringify(news, (key, value: unknown) => (key === 'now' ? undefined : value));
}
