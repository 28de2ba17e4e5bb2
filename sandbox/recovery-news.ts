import { z } from 'zod';
import type { Wire } from '../src/cli/wire.ts';
import type { ConsentView, IncidentView, RunView } from '../src/domain/views.ts';
import type { EndedConsent, SettledAttempt } from '../src/store/watch.ts';

/** How the newest incident that is not closed stands, else the newest; as JSON, so every time is ISO 8601 text. */
export type RecoveryNews = Wire<{
  incident: IncidentView;
  /** The one under way, else the newest. */
  run: RunView | null;
  /** Those that wait for people, in the incident or in its run. */
  consents: ConsentView[];
  /** Requests about this run that are over, its own first; `approvals` as they came. */
  answered: (EndedConsent & { approvals: { by: string; at: Date }[] })[];
  /** Of this run's steps, the attempts that are over; a person's own work is not among them. */
  attempts: SettledAttempt[];
}>;

const at = z.iso.datetime();
const step = z.looseObject({ id: z.string(), status: z.string(), attempt: z.int() });
const plan = z.looseObject({ id: z.string(), code: z.string(), steps: z.array(z.looseObject({ id: z.string() })) });
const News = z.strictObject({
  incident: z.looseObject({ incident: z.looseObject({ id: z.int(), phase: z.string(), impactBeganAt: at }) }),
  run: z.looseObject({ run: z.looseObject({ id: z.string(), startedAt: at }), plan, steps: z.array(step) }).nullable(),
  consents: z.array(z.looseObject({ id: z.string(), code: z.string(), requestedAt: at, plan })),
  answered: z.array(z.looseObject({ id: z.string(), requestedAt: at, endedAt: at })),
  attempts: z.array(z.looseObject({ step: z.string(), attempt: z.int(), at })),
});

/** What the bot tells its parent; null: there is no incident. Its frame is looked at, the views inside are Muster's own. */
export const BotNews = z.strictObject({
  recovery: News.nullable().transform((news) => news as unknown as RecoveryNews | null),
});
export type BotNews = z.infer<typeof BotNews>;
