import type { z } from 'zod';
import { exampleOf, fieldsOf, type Size } from './examples.ts';
import type { Field } from './fields.ts';
import {
  type MailInput,
  type MailName,
  type MailWords,
  mails,
  namesOf,
  type SentenceInput,
  type SentenceName,
  sentences,
  type Templates,
} from './sentences.ts';
import { fileOfSentence, filesOfMail } from './template-files.ts';
import type { Destination } from './words/spec.ts';

/** A template as people are shown it, before they write their own. */
export interface Described {
  name: string;
  goes: Destination | 'mail';
  about: string;
  files: string[];
  inputs: { key: string; field: Field }[];
  /** What it says with an example of this size. */
  example(templates: Templates, size: Size): { text: string } | MailWords;
}

/** All templates; a name may be of a sentence and of a mail. */
export const described: readonly Described[] = [
  ...namesOf(sentences).map(describeSentence),
  ...namesOf(mails).map(describeMail),
];

function describeSentence(name: SentenceName): Described {
  const { goes, about, input } = sentences[name];
  const shape: z.ZodRawShape = input.shape;
  const example: Described['example'] = ({ say }, size) => ({
    text: say(name, exampleOf(shape, size) as SentenceInput<typeof name>),
  });
  return { name, goes, about, files: [fileOfSentence(name)], inputs: fieldsOf(shape), example };
}

function describeMail(name: MailName): Described {
  const { about, input } = mails[name];
  const shape: z.ZodRawShape = input.shape;
  const { text, html } = filesOfMail(name);
  const example: Described['example'] = ({ mail }, size) =>
    mail(name, exampleOf(shape, size) as MailInput<typeof name>);
  return { name, goes: 'mail', about, files: [text, html], inputs: fieldsOf(shape), example };
}
