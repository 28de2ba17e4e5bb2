import { standstillWords } from '../../commands/standstill-words.ts';
import { nameOfPlan } from '../../domain/asked.ts';
import { attestedBy } from '../../domain/attested.ts';
import { sayEnds } from '../../domain/ends.ts';
import { listFormat } from '../../domain/formats.ts';
import { type Incident, isIncident, isOpen } from '../../domain/incident.ts';
import { leftStanding } from '../../domain/left-standing.ts';
import { openTrouble } from '../../domain/machine.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { hasRecovered, hasRestored } from '../../domain/restored.ts';
import type { Run, RunOutcome } from '../../domain/run.ts';
import { isCheckedNext } from '../../domain/serving.ts';
import { startSentence } from '../../domain/start-sentence.ts';
import { readPlan } from '../../store/plans.ts';
import { readRun } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import type { WordsDeps } from '../deps.ts';
import { post, sayIn, touch } from '../post.ts';
import { tellPublicAfterRun } from '../public/page.ts';
import { sayDuration } from '../templates/say-time.ts';
import { sayContradicts } from './contradicts.ts';
import { touchHeader } from './incident.ts';
import { named } from './named.ts';
import { sayNext } from './next-command.ts';

export async function tellStarted(deps: WordsDeps, tx: Tx, incident: Incident, runId: string): Promise<void> {
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice: { kind: 'run', runId } });
  await touchHeader(deps, tx, incident);
}

export async function touchRun(deps: WordsDeps, tx: Tx, incident: Incident, runId: string): Promise<void> {
  await touch(deps, tx, { kind: 'run', runId });
  await touchHeader(deps, tx, incident);
}

/** It may happen again, in the same words: each time it is said. */
export async function tellHalt(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { runId: string; what: 'run-paused' | 'run-stuck'; why: string },
): Promise<void> {
  await touchRun(deps, tx, incident, of.runId);
  const run = await readRun(tx, of.runId);
  if (!run) return;
  const plan = await readPlan(tx, run.planId);
  const trouble = plan !== null && openTrouble(plan, { steps: await readSteps(tx, run.id) }).length > 0;
  const said = deps.say(of.what, { ...named(incident), command: nameOfPlan(run), why: of.why, trouble });
  const text = [said, ...(await sayStandstill(deps, tx, run))].join('\n');
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text, mention: [incident.commander] });
}

export async function tellEnded(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { runId: string; outcome: RunOutcome },
): Promise<void> {
  await touchRun(deps, tx, incident, of.runId);
  const run = await readRun(tx, of.runId);
  if (!run) return;
  await sayIn(deps, tx, {
    incidentId: incident.id,
    key: `ended:${of.runId}`,
    text: [
      sayEnd(deps, incident, run, { ...(await readEnd(deps, tx, run)), outcome: of.outcome }),
      ...(await sayStandstill(deps, tx, run)),
      ...(await sayLeft(deps, tx, run, of.outcome)),
      ...(await sayContradicts(deps, tx, incident)),
      ...(incident.kind === 'drill' ? [deps.say('drill-over', named(incident))] : []),
    ].join('\n'),
    mention: [incident.commander],
  });
  await tellPublicAfterRun(deps, tx, { incident, runId: of.runId, outcome: of.outcome });
}

/** Below a halt or an end, also where a home has words of its own for those. */
async function sayStandstill(deps: WordsDeps, tx: Tx, run: Run): Promise<string[]> {
  const plan = await readPlan(tx, run.planId);
  const steps = await readSteps(tx, run.id);
  const standing = plan && standstillWords(deps.commands, { plan, steps, ended: run.status === 'ended' });
  return standing === null ? [] : [deps.say('run-standstill', { standing })];
}

const mostLeft = 8;

/** Whoever gives a run up knows from this what is stopped or cut off now. */
async function sayLeft({ say }: WordsDeps, tx: Tx, run: Run, outcome: RunOutcome): Promise<string[]> {
  if (outcome !== 'failed' && outcome !== 'aborted') return [];
  const plan = await readPlan(tx, run.planId);
  const left = plan && leftStanding(plan, await readSteps(tx, run.id));
  if (!left) return [];
  const { changed, undoable } = left;
  const more = Math.max(0, changed.length - mostLeft);
  return [say('run-left', { changes: changed.slice(0, mostLeft), more, undoable })];
}

interface End {
  outcome: RunOutcome;
  /** Who has said of something that it is done; '' where all was observed. */
  attested: string;
  /** How what was under way ended. */
  ends: string;
  /** People were seen served after it. */
  restored: boolean;
  /** What recovers, where this has ended well and nobody was seen served; '' else. */
  next: string;
  /** What an undo leaves where it is. */
  left: readonly string[];
}

async function readEnd({ commands }: WordsDeps, tx: Tx, run: Run): Promise<Omit<End, 'outcome'>> {
  const plan = await readPlan(tx, run.planId);
  const steps = await readSteps(tx, run.id);
  const of = plan && { run, plan, steps };
  const restored = of !== null && hasRestored(of);
  const next = of !== null && hasRecovered(of) && !restored ? sayNext(commands, of.plan) : '';
  const attested = listFormat().format(attestedBy(steps));
  return { ends: sayEnds(steps), attested, restored, next, left: plan?.left ?? [] };
}

function sayEnd(
  { say, clock }: WordsDeps,
  incident: Incident,
  run: Run,
  { outcome, ends, attested, restored, next, left }: End,
): string {
  const took = sayDuration((run.endedAt ?? clock.now()).getTime() - run.startedAt.getTime());
  const input = { ...named(incident), command: nameOfPlan(run), took };
  const { phase } = incident;
  const open = isIncident(incident) && isOpen(incident);
  const impact = open && restored;
  const unseen = open ? next : '';
  const why = run.note ?? sayExceptions(run);
  switch (outcome) {
    case 'succeeded':
      return say('run-succeeded', { ...input, phase, impact, next: unseen, attested });
    case 'succeeded-with-exceptions':
      return say('run-succeeded-with-exceptions', {
        ...input,
        phase,
        impact,
        next: unseen,
        exceptions: sayExceptions(run),
      });
    case 'failed':
      return say('run-failed', { ...input, ends, why: why || 'no reason was recorded' });
    case 'aborted':
      return say('run-aborted', { ...input, ends, why: why || 'no reason was given' });
    case 'undone':
      return say('run-undone', { ...input, command: run.command, exceptions: sayExceptions(run), left: [...left] });
  }
}

function sayExceptions({ exceptions }: Run): string {
  return exceptions.map(startSentence).join('; ');
}

/** Traffic was seen to have moved; that people are served there is for the checks behind it to see. */
export async function tellSwitched(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { runId: string; services: readonly string[]; region: string },
): Promise<void> {
  const run = await readRun(tx, of.runId);
  const plan = run && (await readPlan(tx, run.planId));
  const checked = plan !== null && isCheckedNext(plan.steps, await readSteps(tx, of.runId));
  const { region } = of;
  const text = deps.say('region-switched', { ...named(incident), services: of.services.join(', '), region, checked });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text });
  await touchHeader(deps, tx, incident);
}
