import { Refusal } from '../../domain/errors.ts';
import { type Incident, isIncident, isOpen } from '../../domain/incident.ts';
import type { PlanMade } from '../../recovery/recovery.ts';
import type { Edge } from '../edge.ts';
import { limits } from '../presenters/limit.ts';
import { chooseIncidentModal, commandModal, readingModal, refusedModal } from '../presenters/modals/command.ts';
import { declareFirstModal } from '../presenters/modals/declare.ts';
import { fitting, type Modal } from '../presenters/modals/view.ts';
import { type CommandMeta, encode } from '../values.ts';
import { sentenceOf } from './carry.ts';
import { tell } from './tell.ts';
import type { Turn } from './turn.ts';
import { type OpenView, openView, updateView } from './views.ts';
import { currentRun, namedOrHere } from './which.ts';

/** A command's form: opened first, filled when the state has been read. */
export async function openCommandForm(edge: Edge, turn: Turn, meta: CommandMeta): Promise<void> {
  if (encode(meta).length > limits.metadata)
    throw new Refusal('That is more than a form can carry: give fewer or shorter inputs.');
  const open = await openView(edge, turn, reading(edge, meta));
  await fillForm(edge, turn, open, meta);
}

/** Finds the incident, reads the plan and shows it; or shows why not, in one sentence. */
export async function fillForm(edge: Edge, turn: Turn, open: OpenView, meta: CommandMeta): Promise<void> {
  try {
    const view = await nextView(edge, turn, open, meta);
    await updateView(edge, open, view);
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence === null) return;
    const shown = await updateView(edge, open, refusedModal(frameOf(edge, meta), sentence));
    if (!shown) await tell(edge, turn, sentence);
  }
}

export function reading(edge: Edge, meta: CommandMeta): Modal {
  const inputs = Object.entries(meta.inputs).map(([name, value]) => `${name}=${value}`);
  const typed = [meta.question ? '' : 'plan', meta.command, ...inputs, meta.mode ? `mode=${meta.mode}` : ''];
  return readingModal(frameOf(edge, meta), typed.filter(Boolean).join(' '));
}

export function frameOf(edge: Edge, meta: CommandMeta): { title: string; metadata: string; simulated: boolean } {
  return {
    title: fitting(meta.question ? `/dr ${meta.command}` : `Plan: ${meta.command}`, meta.command),
    metadata: encode(meta),
    simulated: edge.simulated,
  };
}

async function nextView(edge: Edge, turn: Turn, form: OpenView, meta: CommandMeta): Promise<Modal> {
  await edge.incidents.mayLook(turn.by);
  await turn.fresh();
  const here = await namedOrHere(edge, turn, meta.incidentId);
  const record = await recordFor(edge, turn, { form, meta, here });
  if (record !== null) {
    const where = record.channel !== null && record.channel === turn.channel ? null : record;
    return planView(edge, turn, { ...meta, incidentId: record.id }, where);
  }
  if (here !== null) return planView(edge, turn, { ...meta, incidentId: here.id });
  const open = (await edge.incidents.open()).filter((each) => isOpen(each) && isIncident(each));
  const [only, ...more] = open;
  if (only === undefined) return noIncidentView(edge, meta);
  if (more.length === 0) return planView(edge, turn, { ...meta, incidentId: only.id });
  return chooseIncidentModal(frameOf(edge, meta), open);
}

/** Where a drill or a routine is run; null of a recovery, which is an incident's. */
async function recordFor(
  edge: Edge,
  turn: Turn,
  { form, meta, here }: { form: OpenView; meta: CommandMeta; here: Incident | null },
): Promise<Incident | null> {
  const command = edge.recovery.commands().find(({ name }) => name === meta.command);
  if (command === undefined || command.purpose === 'recovery') return null;
  const { inputs, mode } = meta;
  const ask = { command: command.name, inputs, requestKey: `slack:${form.id}` };
  return edge.incidents.openRecord({ ...ask, ...(mode && { mode }), ...(here && { here: here.id }) }, turn.by);
}

function noIncidentView(edge: Edge, meta: CommandMeta): Modal {
  if (meta.command === 'undo') throw new Refusal('No incident is open, so there is nothing to undo.');
  return declareFirstModal({
    home: edge.home,
    commands: edge.recovery.commands(),
    now: edge.clock.now(),
    title: '',
    command: meta.command,
    metadata: encode(meta),
    simulated: edge.simulated,
  });
}

/** Reads the plan, posts it whole in the channel, and shows what decides. */
async function planView(
  edge: Edge,
  turn: Turn,
  meta: CommandMeta & { incidentId: number },
  where: Incident | null = null,
): Promise<Modal> {
  const { made, undoes } = await makePlan(edge, turn, meta);
  await edge.recovery.post(made.plan.id, turn.by);
  const known: CommandMeta = { ...meta, undoes, planId: made.plan.id, mode: made.plan.mode };
  const command = edge.recovery.commands().find((each) => each.name === meta.command) ?? null;
  return commandModal({ ...frameOf(edge, known), home: edge.home, command, made, question: meta.question, where });
}

async function makePlan(
  edge: Edge,
  turn: Turn,
  meta: CommandMeta & { incidentId: number },
): Promise<{ made: PlanMade; undoes: string | null }> {
  if (meta.command === 'undo') {
    const [incident] = (await edge.incidents.list()).filter((each) => each.id === meta.incidentId);
    if (incident === undefined) throw new Refusal('That incident is gone. /dr list shows those there are.');
    const undoes = meta.undoes ?? (await currentRun(edge, incident)).run.id;
    return { made: await edge.recovery.planUndo({ runId: undoes }, turn.by), undoes };
  }
  const { incidentId, command, inputs, mode } = meta;
  return {
    made: await edge.recovery.plan({ incidentId, command, inputs, ...(mode ? { mode } : {}) }, turn.by),
    undoes: null,
  };
}
