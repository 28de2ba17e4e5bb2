import type { RecoveryNews } from '../../sandbox/recovery-news.ts';
import type { RunView } from '../../src/domain/views.ts';
import { incident, incidentView, plan, plannedStep, runView } from '../../test/cli/fixtures.ts';
import { stateOf } from '../../test/support/rows.ts';

const count = 40;
const stepMs = 60_000;
const nameOf = (place: number): string => `step-${String(place + 1).padStart(2, '0')}`;

const steps = Array.from({ length: count }, (_, place) =>
  plannedStep({
    id: nameOf(place),
    title: `Service ${place + 1} of the standby Region has its tasks`,
    estimateMs: stepMs,
    needs: place < 2 ? [] : [nameOf(place - 2)],
  }),
);
const critical = steps.filter((_, place) => place % 2 === 0).map(({ id }) => id);
const whole = { ...plan, steps, criticalPath: critical, criticalPathMs: critical.length * stepMs };

/** A run of forty steps, two side by side, as it stands when so many of them are done. */
export function runOfForty(done: number, now: Date): RunView {
  const startedAt = new Date(now.getTime() - Math.ceil(done / 2) * stepMs);
  const at = (place: number): string => new Date(startedAt.getTime() + Math.floor(place / 2) * stepMs).toISOString();
  const states = steps.map(({ id }, place) => {
    if (place < done) return stateOf(id, { status: 'done', startedAt: at(place), endedAt: at(place + 2) });
    return place < done + 2 ? stateOf(id, { status: 'running', startedAt: at(place) }) : stateOf(id);
  });
  const view = runView({ startedAt }, states);
  return { ...view, plan: whole, now, impactBeganAt: startedAt, simulated: true };
}

/** As the bot tells it. */
export function newsOf(view: RunView): RecoveryNews {
  const begun = { ...incident, impactBeganAt: view.impactBeganAt };
  const news = {
    incident: { ...incidentView, incident: begun, run: view.run },
    run: view,
    consents: [],
    answered: [],
    attempts: [],
  };
  return JSON.parse(JSON.stringify(news)) as RecoveryNews;
}
