import Handlebars from 'handlebars';
import type { z } from 'zod';
import { startSentence } from '../../domain/start-sentence.ts';
import { fieldsOf } from './examples.ts';
import { limits } from './limits.ts';
import { mailPage } from './mail-page.ts';
import { clip } from './plain-text.ts';
import type { MailWords } from './sentences.ts';
import { type Into, prepare } from './values.ts';

/** Words for when every template of a name is broken: each value by its name, in order, and that it is so. */
export function plainForm(of: { name: string; shape: z.ZodRawShape; into: Into }, given: unknown): string {
  const values = prepare(of.shape, knownValues(of.shape, given), of.into);
  const rows = fieldsOf(of.shape).flatMap(({ key, field }) => {
    const value = values[key];
    const said = Array.isArray(value) ? value.join(', ') : plain(value);
    return said === '' || field.kind === 'flag' ? [] : [`${nameOf(key)}: ${said}`];
  });
  const note = `(plain form: the template ${of.name} is broken)`;
  const limit = limits[of.into]?.most ?? Number.POSITIVE_INFINITY;
  if (of.into === 'name') return clip(rows.join(', '), limit);
  return `${clip(rows.join('\n'), limit - note.length - 1)}\n${note}`.trimStart();
}

export function plainMail(of: { name: string; shape: z.ZodRawShape }, given: unknown): MailWords {
  const { label, title, system } = prepare(of.shape, knownValues(of.shape, given), 'subject');
  const subject = [label, title].filter((value) => typeof value === 'string' && value !== '').join(' ');
  const text = plainForm({ ...of, into: 'text' }, given);
  const about = clip(subject === '' ? plain(system) || of.name : subject, limits.subject?.most ?? text.length);
  const html = text.split('\n').map((line) => `<p>${Handlebars.escapeExpression(line)}</p>`);
  return { subject: about, text: `${text}\n`, html: mailPage(about, html.join('\n')) };
}

/** What can be shown, also of values that are not what was expected. */
function knownValues(shape: z.ZodRawShape, given: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
  return Object.fromEntries(Object.keys(shape).map((key) => [key, values[key]]));
}

/** `Next update` */
function nameOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return startSentence(words);
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
