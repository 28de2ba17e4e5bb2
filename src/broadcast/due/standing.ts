import { createHash } from 'node:crypto';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run } from '../../domain/run.ts';
import { isUnpublished, readPublic } from '../../store/public-incidents.ts';
import { currentRun } from '../../store/runs.ts';
import type { Preview, Standing, UpdateAsk } from '../broadcast.ts';
import type { WordsDeps } from '../deps.ts';
import { laterOf } from './page-state.ts';
import { draftTexts } from './texts.ts';

/** How things stand: not what moves by itself from minute to minute, as times and the steps of a run do. */
export async function readStanding(
  deps: WordsDeps,
  tx: Tx,
  of: { incident: Incident; read: readonly Preview[] },
): Promise<Standing> {
  const { incident, read } = of;
  const page = await readPublic(tx, incident.id);
  const run = await currentRun(tx, incident.id);
  const proposed = (await draftTexts(deps, tx, incident, 0)).outside;
  const words = JSON.stringify([read, proposed, page?.components ?? null, run?.id ?? null]);
  return {
    phase: incident.phase,
    page: page === null || isUnpublished(page) ? null : page.status,
    run: run && sayRun(run),
    words: createHash('sha256').update(words).digest('hex').slice(0, 16),
  };
}

/** What is no longer as it was when the words were read; null when all is. */
export function sayChanged(ask: UpdateAsk, before: Standing, now: Standing): string | null {
  const changes = [
    before.phase === now.phase ? null : `INC-${ask.incidentId} was ${before.phase} and is ${now.phase}`,
    before.run === now.run ? null : (now.run ?? 'there is no run any more'),
    before.page === now.page ? null : `the status page says ${now.page ?? 'nothing'}`,
  ].flatMap((change) => change ?? []);
  if (changes.length === 0 && before.words === now.words) return null;
  const said =
    changes.length > 0 ? changes.join('; ') : 'what Muster adds to your words, or proposes, reads differently';
  return `The state has changed since you read this: ${said}. Look again: nothing was sent.${sayBack(ask, now)}`;
}

function sayBack({ page }: UpdateAsk, now: Standing): string {
  if (page === null || now.page === null || laterOf(page.status, now.page) === page.status) return '';
  return ` These words would put the status page back from ${now.page} to ${page.status}.`;
}

function sayRun(run: Run): string {
  const name = run.purpose === 'undo' ? `the undoing of ${run.command}` : run.command;
  return run.status === 'ended' ? `${name} has ended: ${run.outcome ?? 'unknown'}` : `${name} is ${run.status}`;
}
