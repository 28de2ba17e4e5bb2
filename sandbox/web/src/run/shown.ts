import type { RecoveryNews } from '../../../recovery-news.ts';

type RunNews = NonNullable<RecoveryNews['run']>;
export type ShownConsent = RecoveryNews['consents'][number];
export type ShownPlan = RunNews['plan'];
export type ShownStep = ShownPlan['steps'][number];
export type ShownState = RunNews['steps'][number];

/** The plan that the chart is about: asked for, or being carried out. */
export interface Shown {
  news: RecoveryNews;
  plan: ShownPlan;
  /** Null while people are still asked. */
  run: RunNews | null;
  /** The question that the run began with, or is to begin with; null where nobody else had to be asked. */
  began: { requestedAt: number } | null;
}

/** What is asked for now goes before a run that has ended; null while nobody has asked for anything. */
export function shownOf(news: RecoveryNews): Shown | null {
  const { run } = news;
  const asked = news.consents.find(({ amendment, runId }) => amendment === null && runId === null);
  if (asked && (run === null || run.run.status === 'ended')) {
    return { news, plan: asked.plan, run: null, began: { requestedAt: Date.parse(asked.requestedAt) } };
  }
  if (run === null) return null;
  const first = news.answered.find(({ amendment, needed }) => amendment === null && needed > 0);
  return { news, plan: run.plan, run, began: first ? { requestedAt: Date.parse(first.requestedAt) } : null };
}
