import { itemsOf } from '../../domain/checklist.ts';
import { type Role, roleNames } from '../../domain/home.ts';
import { slackOf } from '../../domain/identity.ts';
import type { Incident } from '../../domain/incident.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { StepStatus } from '../../domain/run.ts';
import { membersOf } from '../../store/roles.ts';
import type { WordsDeps } from '../deps.ts';
import { post, touch } from '../post.ts';

/** Posts a checklist that begins, once, and calls its owners; from then on the message follows what they answer. */
export async function tellChecklist(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  { runId, planned, status }: { runId: string; planned: PlannedStep; status: StepStatus },
): Promise<void> {
  if (status === 'waiting' || status === 'not-run') return;
  await touchChecklist(deps, tx, { runId, step: planned.id });
  if (status !== 'running') return;
  const owners = new Set(itemsOf(planned).map(({ owner }) => owner ?? null));
  const called = await Promise.all([...owners].map((owner) => peopleOf(deps, tx, incident, owner)));
  const mention = [...new Set(called.flat().map(({ slack, person }) => slack ?? person))];
  const place = { in: 'incident', incidentId: incident.id } as const;
  await post(deps, tx, { place, notice: { kind: 'checklist', runId, step: planned.id, mention } });
}

export async function touchChecklist(
  deps: Pick<WordsDeps, 'real'>,
  tx: Tx,
  { runId, step }: { runId: string; step: string },
): Promise<void> {
  await touch(deps, tx, { kind: 'checklist', runId, step, mention: [] });
}

/** Those whom an item is for: a person, everybody in a role, or, where nobody is named, responders and the commander. */
export async function peopleOf(
  { home }: Pick<WordsDeps, 'home'>,
  tx: Tx,
  incident: Incident,
  owner: string | null,
): Promise<{ person: string; slack: string | null }[]> {
  const asPerson = (person: string) => ({ person, slack: slackOf(home, person) });
  if (owner === null) return [asPerson(incident.commander), ...(await membersOf(tx, incident.id, 'responders'))];
  const role: Role | undefined = roleNames.find((name) => name === owner);
  return role === undefined ? [asPerson(owner)] : membersOf(tx, incident.id, role);
}
