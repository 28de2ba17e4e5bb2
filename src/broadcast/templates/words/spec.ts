import { z } from 'zod';

/**
 * Where a sentence goes: `slack` into a message as mrkdwn; `page` onto the public page; `name` as the public incident's
 * name; `draft` into the editor, as plain text that a person may change.
 */
export type Destination = 'slack' | 'page' | 'name' | 'draft';

export interface SentenceSpec<Shape extends z.ZodRawShape = z.ZodRawShape> {
  goes: Destination;
  /** Who reads it, and when it is said. */
  about: string;
  input: z.ZodObject<Shape>;
}

export interface MailSpec<Shape extends z.ZodRawShape = z.ZodRawShape> {
  goes: 'mail';
  about: string;
  input: z.ZodObject<Shape>;
}

function spec<Goes extends Destination>(goes: Goes) {
  return <Shape extends z.ZodRawShape>(about: string, shape: Shape): SentenceSpec<Shape> => ({
    goes,
    about,
    input: z.object(shape),
  });
}

export const slack = spec('slack');
export const page = spec('page');
export const name = spec('name');
export const draft = spec('draft');

export function mail<Shape extends z.ZodRawShape>(about: string, shape: Shape): MailSpec<Shape> {
  return { goes: 'mail', about, input: z.object(shape) };
}
