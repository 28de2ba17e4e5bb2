import type { Command, Mode } from '../../../domain/command.ts';
import type { Home } from '../../../domain/home.ts';
import { type Incident, incidentLabel } from '../../../domain/incident.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Problem } from '../../../domain/verdict.ts';
import type { PlanMade } from '../../../recovery/recovery.ts';
import { act, form } from '../../values.ts';
import { type Block, context, section, sections } from '../blocks.ts';
import { code, saidLines } from '../escape.ts';
import { personName } from '../people.ts';
import { changeSummary, dangerLines, madeLine, problemLines, timeLines, verdictLine } from '../plan-summary.ts';
import { type Modal, modal, selectNow, textInput } from './view.ts';

interface Frame {
  title: string;
  metadata: string;
  simulated: boolean;
}

/** Opened before anything is read, so that the click is answered at once. */
export function readingModal(frame: Frame, typed: string): Modal {
  const words = `⏳ *Reading the current state…*\nNothing is changed by this. What has not answered within 15 seconds counts as unknown.`;
  return modal({
    ...frame,
    callback: form.none,
    blocks: [section(words), context(`You typed ${code(`/dr ${typed}`)}`)],
  });
}

export function refusedModal(frame: Frame, refusal: string): Modal {
  return modal({
    ...frame,
    callback: form.none,
    blocks: [section(`⛔ ${saidLines(refusal)}`), context('Nothing has been done.')],
  });
}

/** Several incidents are open and the command was typed outside all of them. */
export function chooseIncidentModal(frame: Frame, incidents: readonly Incident[]): Modal {
  const options = incidents.map(({ id, severity, title }) => ({
    text: `${incidentLabel(id)} · ${severity} · ${title}`,
    value: String(id),
  }));
  const label = '*Several incidents are open.* For which one? The plan is read as soon as you choose.';
  return modal({ ...frame, callback: form.none, blocks: [selectNow({ label, action: act.incident, options })] });
}

export interface CommandForm extends Frame {
  home: Home;
  /** Null for an undo, which has no modes of its own. */
  command: Command | null;
  made: PlanMade;
  /** False for `/dr plan`: the same, without the question. */
  question: boolean;
}

/** What decides, and the question: the phrase, and a reason for each unknown that a person may carry. */
export function commandModal(ask: CommandForm): Modal {
  const { plan, problems, verdict } = ask.made;
  const asks = ask.question && verdict !== 'blocked';
  const blocks = [
    ...summaryBlocks(ask),
    ...modeBlocks(ask.command, plan.mode),
    ...(asks
      ? [...problems.filter((problem) => problem.carry === 'with-reason').map(reasonInput), ...phraseBlocks(plan)]
      : []),
  ];
  const frame = { title: ask.title, metadata: ask.metadata, simulated: ask.simulated, blocks };
  if (!asks) return modal({ ...frame, callback: form.none });
  return modal({
    ...frame,
    callback: form.command,
    close: 'Cancel',
    submit: plan.approvals > 0 ? 'Ask for approval' : 'Run it now',
  });
}

export function acceptField(check: string): string {
  return `accept:${check}`;
}

function summaryBlocks(ask: CommandForm): Block[] {
  const { plan, problems } = ask.made;
  const by = personName(ask.home, plan.requestedBy);
  return [
    ...sections([verdictLine(plan), ...problemLines(problems)]),
    ...sections(dangerLines(plan)),
    ...sections(timeLines(plan)),
    ...sections(['*What changes*', ...changeSummary(plan)]).slice(0, 4),
    context(`${madeLine(plan, ask.home.timezone, by)}\nThe whole plan is in the incident's channel.`),
  ];
}

function modeBlocks(command: Command | null, mode: Mode): Block[] {
  if (command === null || command.modes.length < 2) return [];
  const words: Record<Mode, string> = {
    graceful: 'graceful: stops when more would be lost than the objective allows',
    ungraceful: 'ungraceful: goes on and accepts that data is lost',
  };
  return [
    selectNow({
      label: '*Mode* · choosing another reads the state again: a new plan, a new code.',
      action: act.mode,
      initial: mode,
      options: command.modes.map((each) => ({ text: words[each], value: each })),
    }),
  ];
}

function reasonInput(problem: Problem): Block {
  return textInput({
    field: acceptField(problem.check),
    label: `Why may ${problem.check} stay unknown?`,
    hint: `${problem.sentence} Your name and reason are part of what is approved.`,
    max: 500,
  });
}

function phraseBlocks(plan: Plan): Block[] {
  if (plan.phrase === null) return [];
  const others =
    plan.approvals === 0
      ? 'It starts at once.'
      : `Then ${plan.approvals} other ${plan.approvals === 1 ? 'person has' : 'people have'} to approve it.`;
  return [
    textInput({
      field: 'phrase',
      label: `Type ${plan.phrase} to ask for ${plan.code}`,
      hint: `Type ${plan.phrase}, in just these letters. ${others}`,
      max: 100,
    }),
  ];
}
