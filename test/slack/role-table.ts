import type { Entered } from '../../sandbox/slack/act/values.ts';
import type { Muster } from '../../src/compose/open-muster.ts';
import { digestOf } from '../../src/slack/listeners/update-fields.ts';
import { act, form } from '../../src/slack/values.ts';
import { everybody, people, type Targets, type Who } from './pressing-stage.ts';

const noMember: Who[] = ['none', 'guest'];
export const but = (...may: Who[]): Who[] => everybody.filter((who) => !may.includes(who));

/**
 * Of each button what it says that it is about, and who is refused it for want of a role. One that opens a form is
 * refused to whoever has no role, but for one that only asks why; the form says the rest when it is sent, so that it can
 * open at once.
 */
export const buttons: Record<string, { about: (at: Targets) => object; refused: Who[] }> = {
  [act.acknowledge]: { about: inIncident, refused: but('responder', 'commander') },
  [act.approve]: { about: (at) => ({ ...inIncident(at), code: at.approved }), refused: but('approver') },
  [act.snooze]: { about: inIncident, refused: but('commander') },
  [act.sendDraft]: {
    about: (at) => ({ ...inIncident(at), round: 1 }),
    refused: but('responder', 'commander', 'publisher'),
  },
  [act.posted]: { about: inIncident, refused: but('publisher') },
  [act.reviewed]: { about: ({ reviewId }) => ({ reviewId }), refused: but('approver', 'commander') },
  [act.done]: { about: (at) => ofStep(at, 'people'), refused: but('responder', 'commander') },
  [act.pause]: { about: ofRun, refused: but('responder', 'commander') },
  [act.resume]: { about: ofRun, refused: but('commander') },
  [act.retry]: { about: (at) => ofStep(at, 'numbers'), refused: but('commander') },
  [act.undo]: { about: ofRun, refused: but('commander') },
  [act.begin]: { about: ({ occurrenceId }) => ({ occurrenceId }), refused: but('commander') },
  [act.publish]: { about: inIncident, refused: noMember },
  [act.update]: { about: inIncident, refused: noMember },
  [act.editDraft]: { about: inIncident, refused: noMember },
  [act.checklist]: { about: (at) => ofStep(at, 'numbers'), refused: noMember },
  [act.decline]: { about: ({ occurrenceId }) => ({ occurrenceId }), refused: ['guest'] },
  [act.breakGlass]: { about: (at) => ({ ...inIncident(at), code: at.broken }), refused: ['guest'] },
  [act.skip]: { about: (at) => ofStep(at, 'changes'), refused: ['guest'] },
  [act.defer]: { about: (at) => ofStep(at, 'changes'), refused: ['guest'] },
  [act.failed]: { about: (at) => ofStep(at, 'people'), refused: ['guest'] },
  [act.abort]: { about: ofRun, refused: but('commander') },
  [act.resolve]: { about: inIncident, refused: but('commander') },
  [act.close]: { about: inIncident, refused: but('commander') },
};

/** Choices inside a form: without the form they are nobody's. */
export const insideForms: string[] = [act.mode, act.incident, act.back];

export interface Sent {
  meta: (at: Targets, broadcast: Muster['broadcast']) => object | Promise<object>;
  blocks?: object[];
  values: Record<string, Entered>;
  refused: Who[];
}

const reason = { blocks: [text('reason')], values: { reason: 'it cannot wait' } };
const declaring = { services: ['api'] };
const words = { inside: 'We look into it.', outside: '' };
const asked = (step: string) => (at: Targets) => ({ about: ofStep(at, step) });

/** Of each form what it says that it is about, what is entered, and who is refused it for want of a role. */
export const sent: Record<string, Sent> = {
  [form.declare]: { meta: () => ({}), values: declaring, refused: but('responder', 'commander') },
  [form.declareFirst]: { meta: command, values: declaring, refused: but('responder', 'commander') },
  [form.command]: { meta: command, blocks: [text('phrase')], values: { phrase: 'REPAIR' }, refused: but('commander') },
  [form.breakGlass]: {
    ...reason,
    meta: (at) => ({ about: { ...inIncident(at), code: at.broken } }),
    refused: but('commander'),
  },
  [form.skip]: { ...reason, meta: asked('changes'), refused: but('commander') },
  [form.defer]: { ...reason, meta: asked('changes'), refused: but('commander') },
  [form.failed]: { ...reason, meta: asked('people'), refused: but('responder', 'commander') },
  [form.checklist]: {
    meta: asked('numbers'),
    blocks: [checks('ticks:0', ['recovery'])],
    values: { 'ticks:0': ['recovery'] },
    refused: but('responder', 'commander'),
  },
  [form.publish]: {
    meta: (at) => ({ about: inIncident(at) }),
    blocks: [text('body')],
    values: { body: 'We look into it.' },
    refused: but('publisher'),
  },
  [form.update]: {
    meta: (at) => ({ ...inIncident(at), previewed: null }),
    blocks: [checks('audiences', ['stakeholders']), text('inside'), text('outside')],
    values: { ...words, outside: 'x', audiences: ['stakeholders'] },
    refused: but('responder', 'commander'),
  },
  [form.preview]: {
    meta: previewed,
    blocks: [text('inside'), { ...text('outside'), optional: true }],
    values: words,
    refused: but('responder', 'commander'),
  },
  [form.declineSchedule]: {
    ...reason,
    meta: ({ occurrenceId }) => ({ about: { occurrenceId } }),
    refused: but('commander'),
  },
};

function inIncident({ incidentId }: Targets): { incidentId: number } {
  return { incidentId };
}

function ofRun({ incidentId, runId }: Targets): object {
  return { incidentId, runId };
}

function ofStep(at: Targets, step: string): object {
  return { ...ofRun(at), step };
}

export function command({ incidentId, planId }: Targets): object {
  const blank = { inputs: {}, mode: null, question: true, undoes: null };
  return { ...blank, command: 'service-failure', incidentId, planId };
}

/** As the form has it that somebody who may has been shown. */
export async function previewed({ incidentId }: Targets, { updates }: Muster['broadcast']): Promise<object> {
  const ask = { incidentId, audiences: ['stakeholders' as const], ...words, page: null };
  const by = { name: 'dov', slack: people.responder, door: 'slack' as const };
  const { standing } = await updates.preview(ask, by);
  return { incidentId, previewed: { audiences: ask.audiences, page: null, words: digestOf(words), standing } };
}

export function text(field: string): object {
  const element = { type: 'plain_text_input', action_id: field };
  return { type: 'input', block_id: field, element, label: { type: 'plain_text', text: field } };
}

function checks(field: string, values: string[]): object {
  const options = values.map((value) => ({ value, text: { type: 'plain_text', text: value } }));
  const element = { type: 'checkboxes', action_id: field, options };
  return { type: 'input', block_id: field, element, label: { type: 'plain_text', text: field } };
}

export function button(actionId: string): object {
  return { type: 'button', action_id: actionId, text: { type: 'plain_text', text: 'Back' } };
}

export function menu(actionId: string, value: string): object {
  return {
    type: 'static_select',
    action_id: actionId,
    options: [{ value, text: { type: 'plain_text', text: value } }],
  };
}
