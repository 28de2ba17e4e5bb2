import type { Role } from './home.ts';

/** Where a person came in from; kept in every audit row. */
export type Door = 'slack' | 'terminal' | 'muster';

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
  | 'declare' | 'assign' | 'resolve' | 'close' | 'run' | 'approve' | 'break-glass'
  | 'pause' | 'resume' | 'abort' | 'retry' | 'skip' | 'undo' | 'answer' | 'publish' | 'look';

const mayAsk: Record<Word, readonly Role[]> = {
  look: ['responders', 'commanders', 'approvers', 'publishers'],
  declare: ['responders', 'commanders'],
  assign: ['commanders'],
  resolve: ['commanders'],
  close: ['commanders'],
  run: ['commanders'],
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
};

export function rolesFor(word: Word): readonly Role[] {
  return mayAsk[word];
}

export function may(roles: Roles, word: Word): boolean {
  return mayAsk[word].some((role) => roles.has(role));
}

const singular: Record<Role, string> = {
  responders: 'responder', commanders: 'commander', approvers: 'approver', publishers: 'publisher',
};

/** `a commander or a responder`: for the sentence that refuses. */
export function whoMay(word: Word): string {
  return mayAsk[word].map((role) => `${role === 'approvers' ? 'an' : 'a'} ${singular[role]}`).join(' or ');
}
