import { sayAsked } from '../../../../src/domain/asked.ts';
import { countedFor } from '../../../../src/domain/counted.ts';
import { incidentLabel } from '../../../../src/domain/incident.ts';
import { whoMay } from '../../../../src/domain/person.ts';
import { nameOfUndone } from '../../../../src/domain/put-back.ts';
import { wholeSecondsBetween } from '../../../../src/domain/say-instant.ts';
import { startSentence } from '../../../../src/domain/start-sentence.ts';
import { sayDuration } from '../frame/times.ts';
import { hasImpact, rtoOf } from './gantt.ts';
import { type Look, outcomeWords, runWords, signs } from './looks.ts';
import type { Shown, ShownConsent, ShownState } from './shown.ts';

/** What stands above the chart. */
export interface Summary {
  look: Look;
  sign: string;
  /** `Running: Fail over to the standby Region`. */
  headline: string;
  /** In short pieces: which incident and plan, how long of how long, how many steps, what is left of the RTO. */
  facts: string[];
  rtoMissed: boolean;
  waits: Wait[];
  /** That nobody takes writes. */
  danger: string | null;
  exceptions: string[];
}

/** What stands still until somebody acts, and who may. */
export interface Wait {
  what: string;
  who: string;
}

export function summaryOf(shown: Shown, now: number, nameOf: (person: string) => string): Summary {
  const { run, plan, news } = shown;
  const rto = rtoOf(shown, now);
  const waits = [...approvals(shown, now, nameOf), ...stops(shown), ...checkpoints(shown)];
  const look = lookOf(shown, waits);
  return {
    look,
    sign: run?.run.outcome === 'succeeded-with-exceptions' ? '!' : signs[look],
    headline: `${standing(shown)}: ${run?.run.outcome === 'undone' ? nameOfUndone(plan.title) : plan.title}`,
    facts: [
      incidentLabel(news.incident.incident),
      `plan ${plan.code}, ${plan.mode}`,
      elapsed(shown, now),
      ...tally(run?.steps ?? []),
      ...rtoFact(shown, rto, now),
    ],
    rtoMissed: rto?.missed === true,
    waits: waits.length > 0 ? waits : held(shown),
    danger: run?.standstill ?? null,
    exceptions: (run?.run.exceptions ?? []).map(startSentence),
  };
}

function standing({ run }: Shown): string {
  if (run === null) return 'Waits for approval';
  if (run.run.status !== 'ended') return runWords[run.run.status];
  return outcomeWords[run.run.outcome ?? 'failed'];
}

function lookOf({ run }: Shown, waits: readonly Wait[]): Look {
  if (run === null) return 'person';
  if (run.run.status !== 'ended') return waits.length > 0 || run.run.status === 'paused' ? 'person' : 'running';
  const { outcome } = run.run;
  if (outcome === 'succeeded' || outcome === 'undone') return 'done';
  return outcome === 'succeeded-with-exceptions' ? 'drifted' : 'failed';
}

function elapsed({ run, plan }: Shown, now: number): string {
  const expected = `about ${say(roughly(plan.criticalPathMs))}`;
  if (run === null) return `would take ${expected}`;
  const { startedAt, endedAt } = run.run;
  const took = say(wholeSecondsBetween(new Date(startedAt), new Date(endedAt ?? now)));
  return endedAt === null ? `${took} of ${expected}` : `took ${took}, planned ${expected}`;
}

function tally(states: readonly ShownState[]): string[] {
  const done = states.filter(({ status }) => status === 'done' || status === 'unchanged').length;
  return states.length === 0 ? [] : [`${done} of ${states.length} steps done`];
}

function rtoFact({ run, plan, news }: Shown, rto: ReturnType<typeof rtoOf>, now: number): string[] {
  if (!hasImpact({ news })) return [];
  const { rtoMs, rtoOf: whose } = countedFor(plan);
  if (rto === null) return rtoMs === null ? ['no RTO is set'] : [];
  const name = `RTO ${say(rtoMs ?? 0)}${whose ? ` of ${whose}` : ''}`;
  const later = `${rto.missed ? ': missed, and' : ' is'} measured when the incident is resolved`;
  if (run?.run.endedAt) return news.incident.recovery ? [] : [`${name}${later}`];
  return [rto.missed ? `${name}: missed by ${say(now - rto.at)}` : `${name}: ${say(rto.at - now)} left`];
}

function approvals({ news, run, plan }: Shown, now: number, nameOf: (person: string) => string): Wait[] {
  const here = (consent: ShownConsent) =>
    run === null ? consent.plan.id === plan.id : consent.runId === run.run.id || consent.runId === null;
  return news.consents.filter(here).map((consent) => {
    const of = news.incident.asked.find(({ code }) => code === consent.code)?.of ?? [];
    const names = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(of.map(nameOf));
    const given = consent.needed > 1 ? `, ${consent.approvals.length} of ${consent.needed} given` : '';
    const left = Math.max(0, Date.parse(consent.expiresAt) - now);
    return {
      what: `Approval of ${sayAsked(consent.plan, consent.amendment)}, code ${consent.code}${given}`,
      who: `${names || `An approver other than ${nameOf(consent.requestedBy)}`} may approve, for another ${say(left)}`,
    };
  });
}

/** Steps that stopped short, each with why. */
function stops({ run, plan }: Shown): Wait[] {
  if (run?.run.status !== 'paused') return [];
  const stopped = run.steps.filter(
    ({ id, status }) =>
      (status === 'failed' || status === 'unknown' || status === 'drifted') &&
      plan.steps.find((step) => step.id === id)?.onFailure === 'pause',
  );
  return stopped.map(({ id, status, note }) => ({
    what: `${id} ${status}: ${note ?? 'no reason given'}`,
    who: `${startSentence(whoMay('retry'))} may retry or skip it`,
  }));
}

function checkpoints({ run, plan }: Shown): Wait[] {
  const running = (run?.steps ?? []).filter(({ status }) => status === 'running');
  return running.flatMap(({ id }) => {
    const step = plan.steps.find((one) => one.id === id);
    if (step?.kind !== 'human') return [];
    return [{ what: `${id}: ${step.title}`, who: `${startSentence(whoMay('answer'))} answers it` }];
  });
}

/** Paused, and no step says why. */
function held({ run }: Shown): Wait[] {
  if (run?.run.status !== 'paused') return [];
  return [{ what: `The run is ${run.run.note ?? 'paused'}`, who: `${startSentence(whoMay('resume'))} may resume it` }];
}

/** An estimate has no seconds once it has minutes. */
function roughly(ms: number): number {
  return ms < 120_000 ? ms : Math.round(ms / 60_000) * 60_000;
}

function say(ms: number): string {
  return sayDuration(ms / 1000);
}
