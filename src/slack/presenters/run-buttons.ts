import { instructionsOf } from '../../domain/checkpoint.ts';
import { type StepState, troubled } from '../../domain/run.ts';
import type { RunView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, type Element, section } from './blocks.ts';
import { code, said, saidLines } from './escape.ts';
import { clip } from './limit.ts';
import { stepMark } from './marks.ts';
import { plannedOf } from './run-steps.ts';

/** What asks for a person, with the buttons that answer it. At most this many of each, for Slack takes 50 blocks. */
const most = 6;

/** Characters of what a person is to do; all of it is in the message that calls them. */
const roomForWords = 600;

/** Changes of the running plan that wait for an approver. */
export function askingBlocks(view: RunView): Block[] {
  return view.asking.slice(0, most).flatMap((ask) => {
    const value = encode({ incidentId: view.run.incidentId, code: ask.code });
    const confirm = { title: `Approve ${ask.code}?`, text: `${ask.sentence}. Your name is recorded.`, yes: 'Approve' };
    return [
      section(`🔐 *Waits for an approver:* ${said(ask.sentence)} · code ${code(ask.code)}`),
      ...actions(`consent:${ask.requestId}`, [
        button(`Approve ${ask.code}`, act.approve, value, { style: 'primary', confirm }),
        button('Break glass…', act.breakGlass, value, { style: 'danger' }),
      ]),
    ];
  });
}

/** Steps that stopped short: each with what a commander may do about it. */
export function troubleBlocks(view: RunView): Block[] {
  return view.steps
    .filter((state) => troubled.some((status) => status === state.status))
    .slice(0, most)
    .flatMap((state) => [
      section(troubleLine(view, state)),
      ...actions(`trouble:${state.id}`, troubleButtons(view, state)),
    ]);
}

/** Checkpoints that a person answers. */
export function handBlocks(view: RunView): Block[] {
  if (view.run.status === 'ended') return [];
  return view.steps
    .filter((state) => state.status === 'running' && plannedOf(view, state.id)?.kind === 'human')
    .slice(0, most)
    .flatMap((state) => {
      const value = encode({ incidentId: view.run.incidentId, runId: view.run.id, step: state.id });
      const planned = plannedOf(view, state.id);
      const says = [planned ? instructionsOf(planned) : '', view.progress[state.id] ?? state.note ?? ''];
      const lines = says.filter(Boolean).map((each) => `\n${clip(saidLines(each), roomForWords)}`);
      const confirm = {
        title: `Is ${state.id} done?`,
        text: `The run goes on from here. Your name is recorded.`,
        yes: 'It is done',
      };
      return [
        section(`✋ *Waits for a person:* ${code(state.id)} ${said(planned?.title ?? '')}${lines.join('')}`),
        ...actions(`checkpoint:${state.id}`, [
          button('Done', act.done, value, { style: 'primary', confirm }),
          button('Failed…', act.failed, value, { style: 'danger' }),
        ]),
      ];
    });
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

function troubleLine(view: RunView, state: StepState): string {
  const sent = state.effectSent ? 'Its effect was sent.' : 'Nothing was sent.';
  return `${stepMark[state.status]} · *${code(state.id)}* ${said(plannedOf(view, state.id)?.title ?? '')}\n${said(state.note ?? 'No reason was given.')}\n${sent}`;
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
