import { type Duration, durationMs } from './duration.ts';
import { listFormat } from './formats.ts';
import type { BroadcastRule, Home } from './home.ts';
import type { Incident } from './incident.ts';
import { isSecurityBreach } from './scenario.ts';
import { startSentence } from './start-sentence.ts';

/** Who is told, from the room outwards. */
export const audiences = ['responders', 'stakeholders', 'customers', 'public'] as const;
export type Audience = (typeof audiences)[number];

/** Within a sentence: `stakeholders`, `the public`. */
export function sayAudience(audience: Audience): string {
  return audience === 'public' ? 'the public' : audience;
}

/** Audiences whose words leave the company: a publisher's to send, and an incident's title is never in them. */
export const outside: readonly Audience[] = ['customers', 'public'];

/** Those outside who are to hear of it, and to whom nothing has arrived yet. */
export function untoldOf(views: readonly { audience: Audience; rule: Rule; toldAt: Date | null }[]): Audience[] {
  return views
    .filter(({ audience, rule, toldAt }) => outside.includes(audience) && rule !== 'never' && toldAt === null)
    .map(({ audience }) => audience);
}

/** `Customers and the public have been told nothing of it.`; null where there is nobody to say it of. */
export function sayUntold(untold: readonly Audience[]): string | null {
  if (untold.length === 0) return null;
  const names = listFormat().format(untold.map(sayAudience));
  return `${startSentence(names)} ${untold.join() === 'public' ? 'has' : 'have'} been told nothing of it.`;
}

/** `Customers were still owed words and are told nothing more of it.`; null where nobody was. */
export function sayOwed(owed: readonly Audience[]): string | null {
  if (owed.length === 0) return null;
  const names = listFormat().format(owed.map(sayAudience));
  const [were, are] = owed.join() === 'public' ? ['was', 'is'] : ['were', 'are'];
  return `${startSentence(names)} ${were} still owed words and ${are} told nothing more of it.`;
}

/** How words to an audience go out when nobody has spoken by the time they are due. */
export type Rule = BroadcastRule;

const minuteMs = 60_000;
const longestLeadMs = 5 * minuteMs;

/** Where an audience's words go. */
export interface Reach {
  /** A channel's name; null for the incident's own channel and where there is none. */
  channel: string | null;
  mail: readonly string[];
  page: string | null;
}

export function reachOf(home: Home, audience: Audience): Reach {
  const nowhere: Reach = { channel: null, mail: [], page: null };
  switch (audience) {
    case 'responders':
      return nowhere;
    case 'stakeholders':
      return { ...nowhere, channel: home.channels.stakeholders ?? null, mail: home.email?.stakeholders ?? [] };
    case 'customers':
      return { ...nowhere, channel: home.channels.customers ?? null, mail: home.email?.customers ?? [] };
    case 'public':
      return { ...nowhere, page: home.statuspage?.page ?? null };
  }
}

/** Whether words to this audience reach anybody. */
export function isReached(home: Home, audience: Audience): boolean {
  const { channel, mail, page } = reachOf(home, audience);
  return audience === 'responders' || channel !== null || mail.length > 0 || page !== null;
}

/** The rule for one incident: of a security breach nothing is said by itself. */
export function ruleOf(home: Home, incident: Pick<Incident, 'scenario'>, audience: Audience): Rule {
  const rule = home.broadcasts[audience];
  return isSecurityBreach(incident.scenario) && rule !== 'never' ? 'approved' : rule;
}

/** Milliseconds from one word to the next; never less than a minute. */
export function cadenceMs(home: Home, incident: Pick<Incident, 'severity' | 'phase'>): number {
  const severity = home.severities[incident.severity];
  if (!severity) return 30 * minuteMs;
  const burning = incident.phase === 'investigating';
  return pauseMs(burning ? severity.update_every : severity.update_every_recovering);
}

/**
 * When the first words are due. Responders have the header, so theirs is one cadence after; stakeholders are told at
 * once; customers and the public within what the severity allows. Null when muster.yml sets no such time for them.
 */
export function firstDue(home: Home, incident: Incident, audience: Audience): Date | null {
  if (!isReached(home, audience) || ruleOf(home, incident, audience) === 'never') return null;
  if (audience === 'stakeholders') return incident.declaredAt;
  if (audience === 'responders') return after(incident.declaredAt, cadenceMs(home, incident));
  const within = home.severities[incident.severity]?.public_within;
  return after(incident.declaredAt, within === undefined ? cadenceMs(home, incident) : pauseMs(within));
}

/** The draft is shown this long before its words are due: five minutes, or a third of a shorter cadence. */
export function nudgeLeadMs(spanMs: number): number {
  return Math.min(longestLeadMs, Math.floor(spanMs / 3));
}

/** What people are told of a due time: the whole minute that is not before it. */
export function promiseOf(due: Date): Date {
  return new Date(Math.ceil(due.getTime() / minuteMs) * minuteMs);
}

/** Milliseconds: `by 14:30` is kept until that minute is over, and broken from then on. */
export const longestPastPromiseMs = minuteMs;

/** Whether words that arrived then kept what was due: until the minute that people are told is over, first or next. */
export function isInTime(arrivedAt: Date, due: Date): boolean {
  return arrivedAt.getTime() < promiseOf(due).getTime() + longestPastPromiseMs;
}

/** A changed cadence counts from the last words, never later than what was promised, never in the past. */
export function nextDue(of: { toldAt: Date; cadenceMs: number; promised: Date | null; now: Date }): Date {
  const wanted = of.toldAt.getTime() + of.cadenceMs;
  const latest = of.promised?.getTime() ?? wanted;
  return new Date(Math.max(of.now.getTime(), Math.min(wanted, latest)));
}

function pauseMs(duration: Duration): number {
  return Math.max(minuteMs, durationMs(duration));
}

function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
