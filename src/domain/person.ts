import { Refusal } from './errors.ts';
import { listFormat } from './formats.ts';
import type { Role } from './home.ts';

/** Where a person came in from; kept in every audit row. By `schedule` comes what muster.yml starts at its time. */
export type Door = 'slack' | 'terminal' | 'muster' | 'schedule';

/** Somebody who has been identified: by a signed Slack request or by their AWS identity. */
export interface Person {
  /** Their name in muster.yml, or their Slack id when only a group names them. */
  name: string;
  slack: string | null;
  door: Door;
}

/** Roles a person holds in one incident, or outside any. */
export type Roles = ReadonlySet<Role>;

/** What people may ask for, whatever door they come in by. */
export type Word =
  | 'declare'
  | 'assign'
  | 'resolve'
  | 'close'
  | 'run'
  | 'rehearse'
  | 'approve'
  | 'break-glass'
  | 'pause'
  | 'resume'
  | 'abort'
  | 'retry'
  | 'skip'
  | 'undo'
  | 'answer'
  | 'publish'
  | 'update'
  | 'snooze'
  | 'ack'
  | 'note'
  | 'review'
  | 'severity'
  | 'look';

const mayAsk: Record<Word, readonly Role[]> = {
  look: ['responders', 'commanders', 'approvers', 'publishers'],
  declare: ['responders', 'commanders'],
  assign: ['commanders'],
  resolve: ['commanders'],
  close: ['commanders'],
  run: ['commanders'],
  rehearse: ['responders', 'commanders', 'approvers'],
  approve: ['approvers'],
  'break-glass': ['commanders'],
  pause: ['responders', 'commanders'],
  resume: ['commanders'],
  abort: ['commanders'],
  retry: ['commanders'],
  skip: ['commanders'],
  undo: ['commanders'],
  answer: ['responders', 'commanders'],
  publish: ['publishers'],
  update: ['responders', 'commanders'],
  snooze: ['commanders'],
  ack: ['responders', 'commanders'],
  note: ['responders', 'commanders', 'approvers', 'publishers'],
  review: ['commanders', 'approvers'],
  severity: ['commanders'],
};

export function may(roles: Roles, word: Word): boolean {
  return mayAsk[word].some((role) => roles.has(role));
}

const singular: Record<Role, string> = {
  responders: 'responder',
  commanders: 'commander',
  approvers: 'approver',
  publishers: 'publisher',
};

/** `a commander or a responder`: for the sentence that refuses. */
export function whoMay(word: Word): string {
  const roles = mayAsk[word].map((role) => `${role === 'approvers' ? 'an' : 'a'} ${singular[role]}`);
  return listFormat('disjunction').format(roles);
}

const deeds: Record<Word, string> = {
  look: 'look',
  declare: 'declare an incident',
  assign: 'assign roles',
  resolve: 'resolve an incident',
  close: 'close an incident',
  run: 'ask for a recovery command',
  rehearse: 'rehearse a recovery command',
  approve: 'approve',
  'break-glass': 'break the glass',
  pause: 'pause a run',
  resume: 'resume a run',
  abort: 'abort a run',
  retry: 'retry a step',
  skip: 'skip a step',
  undo: 'undo a run',
  answer: 'answer a checkpoint',
  publish: 'send words to customers or the public',
  update: 'send an update',
  snooze: 'snooze an update',
  ack: 'acknowledge',
  note: 'write in the timeline',
  review: 'mark it as reviewed',
  severity: 'change the severity',
};

/** Whoever commands is not sent to a commander. */
function wayOn(roles: Roles, word: Word): string {
  if (!may(roles, 'assign')) return 'A commander can assign you a role.';
  return `You can assign one: /dr assign ${mayAsk[word].map((role) => singular[role]).join('|')} @user.`;
}

/** Throws the one sentence that says who may, by name where `holders` are known, unless these roles do. */
export function refuseUnless(roles: Roles, word: Word, holders: readonly string[] = []): void {
  if (may(roles, word)) return;
  const names = listFormat().format(holders);
  const known = names === '' ? '' : `: ${names} ${holders.length === 1 ? 'is' : 'are'}`;
  throw new Refusal(`Only ${whoMay(word)} may ${deeds[word]}, and you are not one here${known}. ${wayOn(roles, word)}`);
}
