import type { Incident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Run, RunOutcome } from '../domain/run.ts';
import { readRun } from '../store/runs.ts';
import type { WordsDeps } from './deps.ts';
import { post, sayIn, touch } from './post.ts';
import { updatePublicAfterRun } from './public-page.ts';
import { sayDuration } from './say-time.ts';
import { named, touchHeader } from './words-of-incident.ts';

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
  const text = deps.say(of.what, { ...named(incident), command: run.command, why: of.why });
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
    text: sayEnd(deps, incident, run, of.outcome),
    mention: [incident.commander],
  });
  await updatePublicAfterRun(deps, tx, { incident, runId: of.runId, outcome: of.outcome });
}

function sayEnd({ say, clock }: WordsDeps, incident: Incident, run: Run, outcome: RunOutcome): string {
  const took = sayDuration((run.endedAt ?? clock.now()).getTime() - run.startedAt.getTime());
  const input = { ...named(incident), command: run.command, took };
  const why = run.note ?? run.exceptions.join('; ');
  switch (outcome) {
    case 'succeeded':
      return say('run-succeeded', input);
    case 'succeeded-with-exceptions':
      return say('run-succeeded-with-exceptions', { ...input, exceptions: run.exceptions.join('; ') });
    case 'failed':
      return say('run-failed', { ...input, why: why || 'no reason was recorded' });
    case 'aborted':
      return say('run-aborted', { ...input, why: why || 'no reason was given' });
    case 'undone':
      return say('run-undone', input);
  }
}

export async function tellSwitched(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { services: readonly string[]; region: string },
): Promise<void> {
  const text = deps.say('region-switched', { ...named(incident), services: of.services.join(', '), region: of.region });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text });
  await touchHeader(deps, tx, incident);
}
