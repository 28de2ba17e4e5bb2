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
}

/** What is asked for now goes before a run that has ended; null while nobody has asked for anything. */
export function shownOf(news: RecoveryNews): Shown | null {
  const { run } = news;
  const asked = news.consents.find(({ amendment, runId }) => amendment === null && runId === null);
  if (asked && (run === null || run.run.status === 'ended')) {
    return { news, plan: asked.plan, run: null };
  }
  return run === null ? null : { news, plan: run.plan, run };
}
