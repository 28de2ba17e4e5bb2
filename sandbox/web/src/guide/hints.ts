import { startSentence } from '../../../../src/domain/start-sentence.ts';
import type { OfferedCommand } from '../../../command-news.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';
import { clockTime, zoneOf } from '../frame/times.ts';
import type { Person, Slices } from '../state/slices.ts';
import { approverOf, commanderOf } from './cast.ts';
import { sentence } from './say.ts';
import { askedOf, type GuideStep, heldBy, runningNow } from './steps.ts';

export interface Hint {
  /** Of the three that people do. */
  count?: 1 | 2 | 3;
  title: string;
  /** The title where there is room for few letters, at most 28. */
  short?: string;
  /** What the words speak of, above them. */
  list?: string[];
  text: string;
  /** What the line to type in is filled with. */
  line?: string;
  /** What the server does for people in a hurry. */
  scene?: 'declare' | 'ask' | 'approve' | 'resolve';
}

export interface Told {
  system: Slices['system'];
  people: readonly Person[];
  news: RecoveryNews | null | undefined;
  /** When the primary Region went dark; null while it answers. */
  darkSince: string | null;
}

export function failoverIn(system: Slices['system']): OfferedCommand | undefined {
  return system.commands?.find(({ name }) => name === 'failover');
}

/** What is said at a step, by the names of this home. */
export function hintOf(step: GuideStep, told: Told): Hint {
  const { system, people, news } = told;
  const { primary, recovery } = system.regions;
  const commander = commanderOf(people)?.real_name ?? 'a commander';
  switch (step) {
    case 'declare':
      return declareHint(told);
    case 'ask':
      return askHint(told);
    case 'approve':
      return approveHint(told);
    case 'run':
      return {
        title: `Muster leaves ${primary} for ${recovery}`,
        short: 'The run is under way',
        text: `Now: ${(news ? runningNow(news) : []).join(' · ') || 'the next step'}. Each step counts only once its effect was seen.`,
      };
    case 'held':
      return heldHint(told);
    case 'paused':
      return {
        title: 'The run is paused and waits for people',
        short: 'Paused: mend, then Retry',
        text: `${ranOutWords(news)}${sentence(news?.run?.run.note ?? 'A step stopped short')} Mend it under Trouble, become ${commander}, and press Retry in the conversation; or Abort, where it cannot be mended.`,
      };
    case 'failed':
      return {
        title: 'The run did not succeed',
        text: `${ranOutWords(news)}Muster says so, and how far it came: see the conversation. Mend what is broken and ask again.`,
      };
    case 'resolve':
      return {
        title: 'The run succeeded',
        text: `${againWords(told)}${commander} resolves the incident: Muster measures what it came to.`,
        scene: 'resolve',
      };
    case 'accept':
      return {
        title: 'The run succeeded, with exceptions',
        short: 'Succeeded, with exceptions',
        list: (news?.run?.run.exceptions ?? []).map(startSentence),
        text: `${againWords(told)}If that is good enough, ${commander} resolves the incident: type ${system.command} resolve in its channel, and Muster measures what it came to.`,
        line: `${system.command} resolve`,
        scene: 'resolve',
      };
    case 'measured':
      return {
        title: news?.run?.run.outcome?.startsWith('succeeded') ? 'Recovered, and measured' : 'Resolved, and measured',
        text: 'What was not observed never counts as met.',
      };
  }
}

/** Whoever paused it has mended nothing: it goes on where people say so, in the conversation. */
function heldHint({ people, news }: Told): Hint {
  const note = news?.run?.run.note ?? '';
  const by = heldBy(note);
  const nameOf = (name: string | null) => people.find((one) => one.name === name)?.real_name ?? name;
  const why = note.split(': ').slice(1).join(': ');
  const commander = commanderOf(people);
  const become = commander?.name === by ? 'Press' : `Become ${commander?.real_name ?? 'a commander'} and press`;
  return {
    title: 'The run is paused',
    short: 'Paused: press Resume',
    text: `${sentence(`${nameOf(by)} paused it${why === '' ? '' : `: ${why}`}`)} ${become} Resume in the conversation; or Abort, to stop it here.`,
  };
}

/** Who had to approve was somebody else; who looks on at a play stays who they are. */
function againWords({ system, people }: Told): string {
  const commander = commanderOf(people);
  return commander === undefined || system.playing === 'under-way' ? '' : `You are ${commander.real_name} again. `;
}

function declareHint({ system, people, darkSince }: Told): Hint {
  const service = system.services[0] ?? 'the service';
  const line = `${system.command} declare ${service} fails`;
  const commander = commanderOf(people);
  const began =
    darkSince === null
      ? ''
      : `say that the impact began at ${minuteOf(darkSince)} (dark since ${clockTime(darkSince)}; the form has the time now), `;
  return {
    count: 1,
    title: `${system.regions.primary} just went dark: declare an incident`,
    short: 'Declare an incident',
    text: commander
      ? `You are ${commander.real_name}, the commander. Type ${line}, choose ${service}, ${began}and press Declare.`
      : 'Every commander is asleep: wake one under Trouble.',
    line,
    scene: 'declare',
  };
}

/** `21 Nov 2026, 14:05`: the field of the form takes no seconds. */
function minuteOf(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

function askHint({ system, news }: Told): Hint {
  const command = failoverIn(system);
  const ungraceful = command?.modes.includes('ungraceful') ?? false;
  const line = `${system.command} failover${ungraceful ? ' mode=ungraceful' : ''}`;
  const phrase = command?.confirm ? `type ${command.confirm}` : 'confirm it';
  const over = ranOutWords(news);
  const acknowledge =
    news?.incident.acknowledged === null ? 'press Acknowledge, so that nobody else is called, and ' : '';
  const why = ungraceful ? ` (ungraceful, because ${system.regions.primary} cannot be read)` : '';
  return {
    count: 2,
    title: over === '' ? 'Ask for the failover' : 'Ask for the failover again',
    text: `${over}In the channel of the incident, ${acknowledge}type ${line}${why}. Read what it would do, then ${phrase}.`,
    line,
    scene: 'ask',
  };
}

/** A request that nobody answered in time is gone, with its button. */
function ranOutWords(news: Told['news']): string {
  const at = news?.incident.ranOut?.at;
  return at === undefined ? '' : `The request expired at ${clockTime(at)} ${zoneOf(at)}; it has to be asked again. `;
}

function approveHint({ system, people, news }: Told): Hint {
  const consent = news ? askedOf(news) : undefined;
  const asked = people.find(({ name }) => name === consent?.requestedBy)?.real_name ?? 'whoever asked';
  const approver = approverOf(people, consent);
  const who =
    system.playing === 'under-way'
      ? `${approver?.real_name} is to approve it`
      : `You are now ${approver?.real_name}: approve it`;
  return {
    count: 3,
    title: approver ? who : 'Everybody who may approve is asleep',
    short: approver ? `Approve as ${approver.real_name}` : 'Nobody awake may approve',
    text: approver
      ? `${asked} may not approve what ${asked} asked for. Read the plan, compare its code, and press Approve.`
      : 'Trouble says which ways are left; or wake an approver there.',
    ...(approver ? { scene: 'approve' } : {}),
  };
}
