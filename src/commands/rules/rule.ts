import type { Fault } from '../../domain/errors.ts';
import type { Draft } from '../lint/draft.ts';

/** What a rule sees in a command that may be started all the same. */
export type Finding = Omit<Fault, 'rule'>;

/** One way in which a command that can run would disappoint those who rely on it. */
export interface Rule {
  /** By which people find it: `fixed-name`. */
  name: string;
  /** What goes wrong, for docs/check.md. */
  why: string;
  /** Part of a command that breaks this rule and no other, and the same as it is right. */
  wrong: string;
  right: string;
  look(draft: Draft): Finding[];
}
