import { troubled } from '../../../../src/domain/run.ts';
import type { Look } from './looks.ts';
import type { Shown, ShownState, ShownStep } from './shown.ts';

/** A stretch of time that has gone by, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
  look: Look;
}

/** What became of a step, attempt by attempt, with the waits for people between them. */
export function spansOf(shown: Shown, step: ShownStep, state: ShownState | undefined, now: number): Span[] {
  if (!state?.startedAt || shown.run === null) return [];
  const waits = step.onFailure === 'pause';
  const runEnd = shown.run.run.endedAt === null ? now : Date.parse(shown.run.run.endedAt);
  const spans: Span[] = [];
  let from = Date.parse(state.startedAt);
  for (const { to, look, againAt } of stopsOf(shown, state)) {
    spans.push({ from, to, look });
    from = againAt ?? (isTroubled(state.status) ? runEnd : to);
    if (waits && from > to) spans.push({ from: to, to: from, look: 'person' });
  }
  if (state.status === 'running') spans.push({ from, to: now, look: step.kind === 'human' ? 'person' : 'running' });
  else if (!isTroubled(state.status) && state.status !== 'waiting' && state.endedAt !== null) {
    spans.push({ from, to: Date.parse(state.endedAt), look: state.status });
  }
  return spans.map((span) => ({ ...span, to: Math.max(span.from, span.to) }));
}

interface Stop {
  to: number;
  look: Look;
  againAt: number | null;
}

/** Attempts that stopped short. One that was a person's own, or that Muster itself broke off, is known by its step alone. */
function stopsOf({ news }: Shown, state: ShownState): Stop[] {
  const settled = news.attempts.filter(({ step, status }) => step === state.id && isTroubled(status));
  const stops = settled.map(
    ({ at, status, againAt }): Stop => ({
      to: Date.parse(at),
      look: status,
      againAt: againAt === null ? null : Date.parse(againAt),
    }),
  );
  const last = settled.at(-1)?.attempt ?? 0;
  if (isTroubled(state.status) && state.endedAt !== null && last < state.attempt) {
    stops.push({ to: Date.parse(state.endedAt), look: state.status, againAt: null });
  }
  return stops;
}

function isTroubled(status: ShownState['status']): boolean {
  return troubled.includes(status);
}
