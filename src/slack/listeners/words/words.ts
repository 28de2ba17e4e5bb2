import { Refusal } from '../../../domain/errors.ts';
import { nearest } from '../../../domain/nearest.ts';
import type { Edge } from '../../edge.ts';
import { enterTyped } from '../enter-typed.ts';
import { parseTyped, type Typed } from '../parse.ts';
import type { Turn } from '../turn.ts';
import { namedOrHere } from '../which.ts';
import { openCommand, openUndo } from './command.ts';
import { approveCode, breakGlassCode } from './consent.ts';
import { showContacts } from './contacts.ts';
import { openDeclare } from './declare.ts';
import { openDrill } from './drill.ts';
import { assignRole, closeHere, resolveHere } from './lead.ts';
import { showHelp, showList, showStatus } from './look.ts';
import { publishHere } from './publish.ts';
import { rehearseHere } from './rehearse.ts';
import { showSchedules } from './schedules.ts';
import { answerStep, retryStep, skipStep, steerRun } from './steer.ts';
import { reportHere, timelineHere } from './timeline.ts';
import { acknowledgeHere, setSeverity, snoozeHere } from './told.ts';
import { updateHere } from './update.ts';

type Say = (edge: Edge, turn: Turn, typed: Typed) => Promise<void>;

const words = new Map<string, Say>([
  ['', showHelp],
  ['help', showHelp],
  ['declare', openDeclare],
  ['list', showList],
  ['status', showStatus],
  ['contacts', showContacts],
  ['schedules', showSchedules],
  ['plan', showPlan],
  ['drill', openDrill],
  ['rehearse', rehearseHere],
  ['approve', approveCode],
  ['break-glass', breakGlassCode],
  ['pause', steerRun],
  ['resume', steerRun],
  ['abort', steerRun],
  ['retry', retryStep],
  ['skip', skipStep],
  ['undo', (edge, turn, typed) => openUndo(edge, turn, { incidentId: typed.incidentId, runId: null })],
  ['answer', answerStep],
  ['publish', publishHere],
  ['update', updateHere],
  ['snooze', snoozeHere],
  ['ack', acknowledgeHere],
  ['severity', setSeverity],
  ['timeline', timelineHere],
  ['report', reportHere],
  ['assign', assignRole],
  ['resolve', resolveHere],
  ['close', closeHere],
]);

/** Does what was typed after `/dr`. */
export async function sayWord(edge: Edge, turn: Turn, text: string): Promise<void> {
  const typed = parseTyped(text);
  const say = words.get(typed.word);
  if (say !== undefined) {
    await say(edge, turn, typed);
    return looking.has(typed.word) ? undefined : enterCommand(edge, turn, typed);
  }
  if (isCommand(edge, typed.word)) {
    await openCommand(edge, turn, typed, true);
    return enterCommand(edge, turn, typed);
  }
  throw new Refusal(`/dr has no word ${typed.word}: ${nearestWord(edge, typed.word)} Nothing has been done.`);
}

/** Words that only show, or that enter themselves. */
const looking = new Set([
  ...['', 'help', 'declare', 'list', 'status', 'contacts', 'timeline', 'report', 'update', 'publish'],
  // It is about no incident, wherever it is said.
  'rehearse',
  'schedules',
]);

/** In the timeline of the incident where it was said, as it was typed; what was refused is not. */
async function enterCommand(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const text = ['/dr', typed.word, typed.rest].join(' ').trim();
  const where = async (): Promise<number | null> => (await namedOrHere(edge, turn, typed.incidentId))?.id ?? null;
  await enterTyped(edge, turn, { where, text });
}

/** `/dr plan NAME …` */
async function showPlan(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const [name, ...args] = typed.args;
  if (name === undefined)
    throw new Refusal(`Name the command: /dr plan NAME. Commands: ${commandNames(edge).join(', ')}.`);
  const word = name.toLowerCase();
  if (!isCommand(edge, word)) throw new Refusal(`There is no command ${name}: ${nearestOf(word, commandNames(edge))}`);
  return openCommand(edge, turn, { ...typed, word, args }, false);
}

function nearestWord(edge: Edge, word: string): string {
  return nearestOf(word, [...words.keys()].filter(Boolean).concat(commandNames(edge)));
}

function nearestOf(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `it knows ${known.join(', ')}.` : `did you mean ${near}?`;
}

function isCommand(edge: Edge, word: string): boolean {
  return commandNames(edge).includes(word);
}

function commandNames(edge: Edge): string[] {
  return edge.recovery.commands().map((command) => command.name);
}
