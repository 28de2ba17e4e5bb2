import type { Preview } from '../../broadcast/broadcast.ts';
import type { Audience, Rule } from '../../domain/audience.ts';
import type { Home } from '../../domain/home.ts';
import { isOpen } from '../../domain/incident.ts';
import type { AudienceView, IncidentView } from '../../domain/views.ts';
import { type Block, context, section, wholeText } from './blocks.ts';
import { defused, said, saidLines } from './escape.ts';
import { personName } from './people.ts';
import { dueAt, promisedAt } from './times.ts';

export const audienceName: Record<Audience, string> = {
  responders: 'Responders',
  stakeholders: 'Stakeholders',
  customers: 'Customers',
  public: 'Public',
};

/** What happens when nobody has spoken by the time that words are due. */
export const ruleWords: Record<Rule, string> = {
  automatic: 'then goes by itself',
  holding: 'then a neutral text goes by itself',
  approved: 'waits for a publisher',
  never: 'only when a person sends it',
};

/** `📣 Stakeholders: next by 14:30 CET (13:30 UTC) · told 14:02 CET (13:02 UTC) · promises: 3 kept, 1 broken`. */
export function promiseLines(view: Pick<IncidentView, 'audiences' | 'now' | 'timezone'>): string[] {
  return view.audiences.map((each) => {
    const parts = [nextPart(each, view), toldPart(each, view), countPart(each)].filter((part) => part !== null);
    return `📣 *${audienceName[each.audience]}:* ${parts.join(' · ')}`;
  });
}

/** Who has it, while it matters. */
export function acknowledgedLines(view: IncidentView, home: Home): string[] {
  if (view.acknowledged !== null) {
    const { by, at } = view.acknowledged;
    return [`🙋 Acknowledged by *${personName(home, by)}* at ${promisedAt(at, view.timezone, view.now)}`];
  }
  return isOpen(view.incident) ? ['🔔 *Nobody has acknowledged it yet*'] : [];
}

/** What one audience would read, word for word, below where it goes. */
export function previewBlocks(preview: Preview): Block[] {
  const words = isInSlack(preview) ? defused(preview.text) : saidLines(preview.text);
  const body = words.trim() === '' ? [context('(no words)')] : wholeText(words);
  return [section(previewHead(preview)), ...body];
}

export function previewHead({ audience, to }: Preview): string {
  const places = to.length > 0 ? to.map(said).join(', ') : 'nowhere: it reaches nobody';
  return `📣 *${audienceName[audience]}* → ${places}`;
}

/** Text for Slack is mrkdwn already; mail and the status page are plain. */
export function isInSlack({ to }: Preview): boolean {
  return to.some((place) => !/^(mail to|page) /.test(place));
}

type Clock = Pick<IncidentView, 'now' | 'timezone'>;

function nextPart(view: AudienceView, { now, timezone }: Clock): string {
  const due = view.promised ?? view.dueAt;
  if (due === null) return view.rule === 'never' ? ruleWords.never : 'nothing is due';
  const { late, words } = dueAt(due, timezone, now, view.promised === null ? 'first words by' : 'next by');
  return `${late ? `🔴 *${words}*` : words}${view.rule === 'automatic' ? '' : `, ${ruleWords[view.rule]}`}`;
}

function toldPart(view: AudienceView, { now, timezone }: Clock): string {
  if (view.toldAt !== null) return `told ${promisedAt(view.toldAt, timezone, now)}`;
  return view.dueAt === null && view.broken > 0 ? '*never told*' : 'not told yet';
}

function countPart({ kept, broken }: AudienceView): string | null {
  if (kept + broken === 0) return null;
  return `promises: ${kept} kept, ${broken === 0 ? '0 broken' : `*${broken} broken*`}`;
}
