import type { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { audienceWords, mails } from './words/audience-words.ts';
import { incidentWords } from './words/incident-words.ts';

/** Everything that templates may say: where it goes, who reads it, and what it is given. */
export const sentences = { ...audienceWords, ...incidentWords } as const;
export { mails };

export type SentenceName = keyof typeof sentences;
export type SentenceInput<Name extends SentenceName> = z.input<(typeof sentences)[Name]['input']>;
export type MailName = keyof typeof mails;
export type MailInput<Name extends MailName> = z.input<(typeof mails)[Name]['input']>;

export function namesOf<Name extends string>(record: Record<Name, unknown>): Name[] {
  return Object.keys(record) as Name[];
}

/** Renders one sentence; its values are escaped for where it goes. Never throws: a broken template gives a plain form. */
export type Say = <Name extends SentenceName>(name: Name, input: SentenceInput<Name>) => string;

/** Renders one mail, both of its parts; as `Say` does. */
export type SayMail = <Name extends MailName>(name: Name, input: MailInput<Name>) => MailWords;

export interface MailWords {
  /** One line of at most 200 characters. */
  subject: string;
  text: string;
  html: string;
}

export interface Templates {
  say: Say;
  mail: SayMail;
  /** What is wrong with this home's own templates; the shipped ones stand in. Grows when one breaks as it is used. */
  faults: readonly Fault[];
  /** The file that is used for each template file's name. */
  files: ReadonlyMap<string, string>;
}
