import { type Audience, reachOf } from '../../domain/audience.ts';
import type { BroadcastOrigin } from '../../domain/facts.ts';
import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { Place } from '../../domain/notice.ts';
import type { Person } from '../../domain/person.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import type { WordsDeps } from '../deps.ts';
import type { PageState } from '../public/show.ts';
import type { MailWords } from '../templates/sentences.ts';

export type WordsKind = 'declaration' | 'update' | 'all-clear';

export interface SayAsk {
  incident: Incident;
  audience: Audience;
  origin: BroadcastOrigin;
  by: Person;
  body: string;
  kind: WordsKind;
  /** They tell what no later words would tell again. */
  news?: boolean;
  /** Of the public page; what is absent stays as the page shows it. */
  page?: Partial<PageState>;
  /** A repeated request tells an audience once. */
  requestKey?: string;
}

/** What an audience is to be told, before its templates are put around it. */
export interface Told {
  incident: Incident;
  audience: Audience;
  kind: WordsKind;
  body: string;
  /** Made from what is on record; the neutral text was approved beforehand. */
  automatic: boolean;
  /** '' where nobody said it. */
  by: string;
  /** When the next words come, for people; '' after the last. */
  nextUpdate: string;
}

/** The same words for each place that this audience reads, as they arrive there. */
export interface Rendered {
  slack: { place: Place; text: string } | null;
  mail: { addresses: readonly string[]; words: MailWords } | null;
  page: { page: string; body: string } | null;
}

export function renderWords(deps: WordsDeps, told: Told): Rendered {
  const { channel, mail, page } = reachOf(deps.home, told.audience);
  return {
    slack: inSlack(deps, told, channel),
    mail: mail.length === 0 ? null : { addresses: mail, words: sayMail(deps, told) },
    page: page === null ? null : { page, body: deps.say('public-update', outsideInput(deps, told)) },
  };
}

function inSlack(deps: WordsDeps, told: Told, channel: string | null): Rendered['slack'] {
  if (told.audience === 'responders') {
    return { place: { in: 'incident', incidentId: told.incident.id }, text: saySlack(deps, told) };
  }
  return channel === null ? null : { place: { in: 'channel', name: channel }, text: saySlack(deps, told) };
}

function saySlack(deps: WordsDeps, told: Told): string {
  const last = told.kind === 'all-clear';
  switch (told.audience) {
    case 'responders':
      return deps.say(last ? 'completion' : 'progress', insideInput(deps, told));
    case 'stakeholders':
      return deps.say(forStakeholders(told.kind), insideInput(deps, told));
    case 'customers':
    case 'public':
      return deps.say(last ? 'all-clear' : 'customer-notice', outsideInput(deps, told));
  }
}

function sayMail(deps: WordsDeps, told: Told): MailWords {
  if (told.audience === 'stakeholders') return deps.mail(forStakeholders(told.kind), insideInput(deps, told));
  return deps.mail(told.kind === 'all-clear' ? 'all-clear' : 'customer-notice', outsideInput(deps, told));
}

function forStakeholders(kind: WordsKind): 'declaration' | 'stakeholder-update' | 'completion' {
  if (kind === 'declaration') return 'declaration';
  return kind === 'all-clear' ? 'completion' : 'stakeholder-update';
}

/** What leaves the company: neither the incident's label, nor its title, nor a name. */
function outsideInput({ home }: WordsDeps, { incident, body, automatic, nextUpdate }: Told) {
  return {
    system: home.system.title,
    services: incident.services.join(', '),
    phase: incident.phase,
    began: sayInstant(incident.impactBeganAt, home.timezone),
    body,
    automatic,
    nextUpdate,
  };
}

function insideInput(deps: WordsDeps, told: Told) {
  const { incident, by } = told;
  return {
    ...outsideInput(deps, told),
    label: incidentLabel(incident),
    title: incident.title,
    severity: incident.severity,
    by,
    commander: incident.commander,
  };
}
