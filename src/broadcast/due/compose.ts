import type { Incident } from '../../domain/incident.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { nameOfPutBack } from '../../domain/put-back.ts';
import { type Run, recovered, type StepState, satisfied } from '../../domain/run.ts';
import type { TimelineEntry, TimelineKind } from '../../domain/timeline.ts';
import { withoutNext } from '../../domain/trouble.ts';
import { byOwnTitle, byTitle } from './by-title.ts';

/** What an incident's records show when its next words are drafted. */
export interface Situation {
  incident: Incident;
  /** What was entered since the words before, in order. */
  entries: readonly TimelineEntry[];
  /** The run under way, else the newest. */
  run: {
    run: Run;
    planned: readonly Pick<PlannedStep, 'id' | 'title' | 'kind' | 'services'>[];
    steps: readonly StepState[];
  } | null;
  /** Services whose traffic was moved in this incident, and was seen to be served where it is now. */
  moved: readonly string[];
  /** Services of a recovery that ended well, and after which people were seen served. */
  served: readonly string[];
  /** What approval is waited for, as in `undoing failover`. */
  asked: readonly string[];
  /** Regions that a return guard watches. */
  guarded: readonly string[];
}

/** The parts of a draft, each a plain sentence or a name. */
export interface DraftParts {
  changes: string[];
  restored: string[];
  affected: string[];
  happening: string;
  next: string;
}

const mostChanges = 8;
/** What those who are told want to hear of; who was called, what was typed and what was said stays on the timeline. */
const told: readonly TimelineKind[] = ['decision', 'step', 'phase', 'region'];

/** Only what was seen is restored; everything else that the incident names is still affected. */
export function composeDraft(situation: Situation): DraftParts {
  const restored = restoredOf(situation);
  return {
    changes: changesOf(situation),
    restored,
    affected: situation.incident.services.filter((service) => !restored.includes(service)),
    happening: happeningOf(situation),
    next: nextOf(situation),
  };
}

function changesOf({ entries, run }: Situation): string[] {
  // What came before an undo is told as it was then, not as what is put back.
  const steps = (run?.planned ?? []).map(({ id, title }) => ({ id, title: nameOfPutBack(title) }));
  const texts = entries
    .filter((entry) => told.includes(entry.kind) && entry.removedAt === null)
    .map(({ kind, text }) =>
      endSentence(kind === 'step' ? byOwnTitle(withoutNext(text), steps) : byTitle(text, steps)),
    );
  const older = texts.length - mostChanges;
  if (older <= 0) return texts;
  return [`${older} earlier ${older === 1 ? 'change is' : 'changes are'} on the timeline.`, ...texts.slice(older)];
}

/** A person has said that it is resolved; before that, people were seen served after a recovery, or where traffic was moved. */
function restoredOf({ incident, run, moved, served }: Situation): string[] {
  if (incident.phase === 'resolved' || incident.phase === 'closed') return [...incident.services];
  if (run?.run.purpose === 'undo') return [];
  return incident.services.filter((service) => moved.includes(service) || served.includes(service));
}

function happeningOf({ incident, run, asked, guarded }: Situation): string {
  const [first] = asked;
  const sentences = [
    incident.phase === 'resolved' ? 'The incident is resolved.' : run && runSentence(run),
    first !== undefined && run?.run.status !== 'running'
      ? `${byTitle(first, run?.planned ?? [])} waits for approval.`
      : null,
    ...guarded.map((region) => `${region} could not be stopped: it is watched, and stopped when it comes back.`),
  ].flatMap((sentence) => sentence ?? []);
  return sentences.length === 0 ? 'No recovery command is running.' : sentences.join(' ');
}

function runSentence({ run, planned, steps }: NonNullable<Situation['run']>): string {
  const name = nameOf(run);
  const done = `${steps.filter((step) => satisfied.includes(step.status)).length} of ${steps.length} steps are done`;
  switch (run.status) {
    case 'running': {
      return endSentence([`${name} is running: ${done}`, ...sayUnderWay({ planned, steps })].join('; '));
    }
    case 'paused':
      return endSentence(
        `${name} is paused, ${done}${run.note === null ? '' : `: ${byTitle(withoutNext(run.note), planned)}`}`,
      );
    case 'aborting':
      return endSentence(`${name} is being aborted, ${done}`);
    case 'ended':
      return endSentence(sayEnd(run, planned));
  }
}

/** Titles say what a step brings about, as if it were so: of what has not ended that must not be read as told. */
function sayUnderWay({ planned, steps }: Pick<NonNullable<Situation['run']>, 'planned' | 'steps'>): string[] {
  const running = new Set(steps.flatMap(({ id, status }) => (status === 'running' ? [id] : [])));
  const now = planned.filter(({ id }) => running.has(id));
  const titles = (human: boolean) =>
    now
      .filter(({ kind }) => (kind === 'human') === human)
      .map(({ title }) => `“${title}”`)
      .join(', ');
  const [machines, people] = [titles(false), titles(true)];
  return [
    ...(machines === '' ? [] : [`under way, not done yet: ${machines}`]),
    ...(people === '' ? [] : [`waits for a person: ${people}`]),
  ];
}

function sayEnd(run: Run, planned: readonly Pick<PlannedStep, 'id' | 'title'>[]): string {
  const name = nameOf(run);
  const why = run.note === null ? '' : `: ${byTitle(withoutNext(run.note), planned)}`;
  const except = run.exceptions.map((each) => byTitle(each, planned)).join('; ');
  switch (run.outcome) {
    case 'succeeded':
      return `${name} has succeeded`;
    case 'succeeded-with-exceptions':
      return `${name} has succeeded, except: ${except}`;
    case 'failed':
      return `${name} has failed${why}`;
    case 'aborted':
      return `${name} was aborted${why}`;
    case 'undone':
      return `what ${run.command} had changed was put back${except === '' ? '' : `, except: ${except}`}`;
    case null:
      return `${name} has ended`;
  }
}

/** The next milestone: what the run does next, or who decides. */
function nextOf({ incident, run, asked }: Situation): string {
  if (incident.phase === 'resolved' || incident.phase === 'closed') return '';
  if (run?.run.status === 'running' || run?.run.status === 'aborting') {
    const waiting = run.run.status === 'running' ? run.steps.find((step) => step.status === 'waiting') : undefined;
    return endSentence(waiting ? titleOf(run.planned, waiting.id) : `${nameOf(run.run)} ends`);
  }
  if (run?.run.status === 'paused') return `Somebody decides how ${nameOf(run.run)} goes on.`;
  if (asked.length > 0) return 'The approvers decide.';
  if (incident.phase === 'monitoring' && run?.run.purpose === 'run') {
    return 'The commander decides when the incident is resolved.';
  }
  const isCarriedOut = run?.run.purpose === 'run' && run.run.outcome !== null && recovered.includes(run.run.outcome);
  return isCarriedOut
    ? 'The commander decides what comes next: nobody was seen served yet.'
    : 'The commander decides how to recover.';
}

function nameOf(run: Run): string {
  return run.purpose === 'undo' ? `the undoing of ${run.command}` : run.command;
}

function titleOf(planned: readonly Pick<PlannedStep, 'id' | 'title'>[], id: string): string {
  return planned.find((step) => step.id === id)?.title ?? id;
}

function endSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}
