import { isChecklist } from '../../domain/checklist.ts';
import { instructionsOf } from '../../domain/checkpoint.ts';
import type { StepState } from '../../domain/run.ts';
import type { RunView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, context, type Element, section } from './blocks.ts';
import { glassWords } from './consent.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { stepMark } from './marks.ts';
import { plannedOf, troubledAbove } from './run-steps.ts';

/** What asks for a person, with the buttons that answer it. At most this many of each, for Slack takes 50 blocks. */
const most = 6;

/** Characters of all that asks for a person: the rest of the message has to be seen as well. */
const room = 3_600;

/** All that asks for a person: what waits for an approver, what stopped short, what a person is to do. */
export function urgentBlocks(view: RunView): Block[] {
  const asking = view.asking.slice(0, most);
  const trouble = troubledAbove(view);
  const hands = handSteps(view);
  const share = Math.min(600, Math.floor(room / Math.max(1, asking.length + trouble.length + hands.length)));
  return [
    ...askingBlocks(view, asking, share),
    ...left(view.asking.length - asking.length, 'for an approver, each with a message of its own'),
    ...troubleBlocks(view, trouble, share),
    ...handBlocks(view, hands.slice(0, most), share),
    ...left(hands.length - most, 'for a person: `/dr answer STEP done` answers one'),
  ];
}

function left(count: number, rest: string): Block[] {
  return count > 0 ? [context(`… and ${count} more ${count === 1 ? 'waits' : 'wait'} ${rest}.`)] : [];
}

/** Changes of the running plan that wait for an approver. */
function askingBlocks(view: RunView, asking: RunView['asking'], share: number): Block[] {
  return asking.flatMap((ask) => {
    const value = encode({ incidentId: view.run.incidentId, code: ask.code });
    const confirm = {
      title: `Approve ${ask.code}?`,
      text: `${clip(ask.sentence, 150)}. Your name is recorded.`,
      yes: 'Approve',
    };
    return [
      section(`🔐 *Waits for an approver:* code ${code(ask.code)} · ${clip(said(ask.sentence), share)}`),
      ...actions(`consent:${ask.requestId}`, [
        button(`Approve ${ask.code}`, act.approve, value, { style: 'primary', confirm }),
        button('Break glass…', act.breakGlass, value, { style: 'danger' }),
      ]),
      context(glassWords),
    ];
  });
}

/** Steps that stopped short: each with what a commander may do about it. */
function troubleBlocks(view: RunView, trouble: readonly StepState[], share: number): Block[] {
  return trouble.flatMap((state) => [
    section(troubleLine(view, state, share)),
    ...actions(`trouble:${state.id}`, troubleButtons(view, state)),
  ]);
}

function handSteps(view: RunView): StepState[] {
  if (view.run.status === 'ended') return [];
  return view.steps.filter(({ id, status }) => status === 'running' && plannedOf(view, id)?.kind === 'human');
}

/** For `/dr status`: what people are asked, without the buttons. */
export function handLines(view: RunView): string[] {
  return handSteps(view)
    .slice(0, most)
    .map((state) => handLine(view, state, 600));
}

function handLine(view: RunView, state: StepState, share: number): string {
  const planned = plannedOf(view, state.id);
  const shown = planned && !isChecklist(planned) ? instructionsOf(planned) : '';
  const says = [shown, view.progress[state.id] ?? state.note ?? ''];
  const lines = says.flatMap((each) => each.split(/\r?\n/)).filter(Boolean);
  const words = lines.length > 0 ? `\n${clip(lines.map(said).join('\n'), share)}` : '';
  return `✋ *Waits for a person:* ${code(state.id)} ${said(planned?.title ?? '')}${words}`;
}

/** Checkpoints that a person answers; all that they are to do is in the message that calls them. */
function handBlocks(view: RunView, hands: readonly StepState[], share: number): Block[] {
  return hands.flatMap((state) => {
    const value = encode({ incidentId: view.run.incidentId, runId: view.run.id, step: state.id });
    const planned = plannedOf(view, state.id);
    const shown = planned && !isChecklist(planned) ? instructionsOf(planned) : '';
    const confirm = {
      title: `Is ${state.id} done?`,
      text: `${shown === '' ? '' : `${clip(shown, 220)}\n`}The run goes on from here. Your name is recorded.`,
      yes: 'It is done',
    };
    return [
      section(handLine(view, state, share)),
      ...actions(
        `checkpoint:${state.id}`,
        planned && isChecklist(planned)
          ? [button('Checklist…', act.checklist, value, { style: 'primary' })]
          : [
              button('Done', act.done, value, { style: 'primary', confirm }),
              button('Failed…', act.failed, value, { style: 'danger' }),
            ],
      ),
    ];
  });
}

/** What pressing Resume does: it does not move a run that waits for an answer to a step. */
export function resumeBlocks(view: RunView): Block[] {
  if (view.run.status !== 'paused') return [];
  if (troubledAbove(view).length === 0)
    return [context('*Resume* ends the pause: the steps that wait start then. A commander presses it.')];
  return [context('*Resume* only ends a pause that a person made: each step above still waits for its own button.')];
}

/** What may be done with the run as a whole, now. */
export function runButtons(view: RunView): Element[] {
  const { run } = view;
  const value = encode({ incidentId: run.incidentId, runId: run.id });
  const abort = button('Abort…', act.abort, value, {
    style: 'danger',
    confirm: {
      title: 'Abort the run?',
      text: 'Nothing more is started. What is in flight is watched to its end.',
      yes: 'Abort',
    },
  });
  if (run.status === 'running') return [button('Pause', act.pause, value), abort];
  if (run.status === 'paused') return [button('Resume', act.resume, value), abort];
  if (run.status === 'ended' && view.undoable) return [button('Undo…', act.undo, value)];
  return [];
}

function troubleLine(view: RunView, state: StepState, share: number): string {
  const sent = state.effectSent ? 'Its effect was sent.' : 'Nothing was sent.';
  return `${stepMark[state.status]} · *${code(state.id)}* ${said(plannedOf(view, state.id)?.title ?? '')}\n${clip(said(state.note ?? 'No reason was given.'), share)}\n${sent}`;
}

function troubleButtons(view: RunView, state: StepState): Element[] {
  if (view.run.status === 'ended' || view.run.status === 'aborting') return [];
  const value = encode({ incidentId: view.run.incidentId, runId: view.run.id, step: state.id });
  const fence = plannedOf(view, state.id)?.fence === true;
  return [
    button(state.status === 'drifted' ? `Plan ${state.id} again` : `Retry ${state.id}`, act.retry, value, {
      style: 'primary',
    }),
    fence
      ? button(`Defer the fence ${state.id}…`, act.defer, value, { style: 'danger' })
      : button(`Skip ${state.id}…`, act.skip, value, { style: 'danger' }),
  ];
}
