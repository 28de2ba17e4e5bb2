import type { Command, Mode } from '../../../domain/command.ts';
import type { Home } from '../../../domain/home.ts';
import type { Incident } from '../../../domain/incident.ts';
import { type Plan, planLabel } from '../../../domain/plan.ts';
import type { Problem } from '../../../domain/verdict.ts';
import type { PlanMade } from '../../../recovery/recovery.ts';
import { act, form } from '../../values.ts';
import { type Block, context, section, sections } from '../blocks.ts';
import { goesOnIn } from '../elsewhere.ts';
import { code, said, saidLines } from '../escape.ts';
import { incidentTitle } from '../incident-title.ts';
import { personName } from '../people.ts';
import { changeSummary, dangerLines, madeLine, problemLines, timeLines, verdictLine } from '../plan-summary.ts';
import { type Modal, modal, mostOptions, selectNow, textInput } from './view.ts';

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
  const options = incidents.map((incident) => ({ text: incidentTitle(incident).plain, value: String(incident.id) }));
  const label = '*Several incidents are open.* For which one? The plan is read as soon as you choose.';
  const more = options.length - mostOptions;
  const left = more > 0 ? [context(`${more} more are open: type it in the channel of the one you mean.`)] : [];
  const blocks = [selectNow({ label, action: act.incident, options }), ...left];
  return modal({ ...frame, callback: form.none, blocks });
}

export interface CommandForm extends Frame {
  home: Home;
  /** Null for an undo, which has no modes of its own. */
  command: Command | null;
  made: PlanMade;
  /** False for `/dr plan`: the same, without the question. */
  question: boolean;
  /** The record that it goes on in, where that is not the place it was asked for. */
  where?: Incident | null;
}

/** Reasons that one form asks for: it holds 100 blocks, and nobody answers for more unknowns than these. */
const mostReasons = 60;

/** What decides, and the question: the phrase, and a reason for each unknown that a person may carry. */
export function commandModal(ask: CommandForm): Modal {
  const { plan, problems, verdict } = ask.made;
  const unknown = problems.filter((problem) => problem.carry === 'with-reason');
  const tooMany = unknown.length > mostReasons;
  const asks = ask.question && verdict !== 'blocked' && !tooMany;
  const blocks = [
    ...summaryBlocks(ask, asks ? reasonsLine(unknown.length) : problemLines(problems)),
    ...modeBlocks(ask.command, plan.mode),
    ...(asks ? [...unknown.map(reasonInput), ...phraseBlocks(plan)] : []),
    ...(tooMany && verdict !== 'blocked' ? [section(tooManyWords(unknown.length))] : []),
    ...changeBlocks(ask),
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

function tooManyWords(count: number): string {
  return `⛔ ${count} readings are unknown, and a form asks for ${mostReasons} reasons at most. Plan again once more of them answer.`;
}

export function acceptField(check: string): string {
  return `accept:${check}`;
}

function summaryBlocks({ made: { plan }, where }: CommandForm, problems: readonly string[]): Block[] {
  return [
    ...sections([whatLine(plan), ...whereLine(where ?? null), verdictLine(plan), ...problems]),
    ...sections(dangerLines(plan)),
    ...sections(timeLines(plan)),
  ];
}

/** Below the question, which a small screen would leave out of sight else; what it costs stands above it. */
function changeBlocks(ask: CommandForm): Block[] {
  const { plan } = ask.made;
  const by = personName(ask.home, plan.requestedBy);
  return [
    ...sections(['*What changes*', ...changeSummary(plan)]),
    context(`${madeLine(plan, ask.home.timezone, by)}\nThe whole plan is in the channel of ${planLabel(plan)}.`),
  ];
}

/** Each of them is asked about below, in its own words. */
function reasonsLine(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? '• One reading is unknown: say below why it may stay so.'
      : `• ${count} readings are unknown: say of each below why it may stay so.`,
  ];
}

/** A title has no room for the name of every command, and none for the incident. */
function whatLine(plan: Plan): string {
  const { purpose, command, title } = plan;
  return `${planLabel(plan)} · ${code(purpose === 'undo' ? 'undo' : command)} · *${said(title)}*`;
}

function whereLine(record: Incident | null): string[] {
  return record === null ? [] : [goesOnIn(record)];
}

function modeBlocks(command: Command | null, mode: Mode): Block[] {
  if (command === null || command.modes.length < 2) return [];
  const words: Record<Mode, string> = {
    graceful: 'graceful: goes on only where every check passes',
    ungraceful: 'ungraceful: goes on and accepts that data is lost',
  };
  return [
    selectNow({
      label: '*Mode* · choosing another reads the state again: a new plan, and its own code.',
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
