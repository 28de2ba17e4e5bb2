import Handlebars from 'handlebars';
import type { z } from 'zod';
import { fieldOf } from './fields.ts';
import { isolate, linesOf, oneLine, splitLines } from './plain-text.ts';
import { codeBlock, escapePerson, escapeSlack, isSlackId, linkChannel } from './slack-text.ts';
import type { Destination } from './words/spec.ts';

/** What values are written into. A mail has a subject, a text and an html part. */
export type Into = Destination | 'subject' | 'text' | 'html';

interface Escape {
  /** One line. */
  line(value: string): string;
  /** One line inside a sentence. */
  inside(value: string): string;
  /** `unnamed` stands for somebody whose name is not known. */
  person(value: string, unnamed: string): string;
  channel(value: string): string;
  /** Lines to be copied as they are. */
  copy(lines: string[]): string;
  /** Lines that are escaped already. */
  join(lines: string[]): unknown;
}

const asIs = (value: string): string => value;
const together = (lines: string[]): string => lines.join('\n');
const named = (value: string, unnamed: string): string => (isSlackId(value) ? unnamed : value);
const plain: Escape = {
  line: asIs,
  inside: asIs,
  person: named,
  channel: (value) => `#${value}`,
  copy: together,
  join: together,
};
const withoutBrackets = (value: string): string => value.replaceAll('<', '‹').replaceAll('>', '›');

const escapesOf: Record<Into, Escape> = {
  slack: {
    ...plain,
    line: escapeSlack,
    inside: (value) => isolate(escapeSlack(value)),
    person: escapePerson,
    channel: linkChannel,
    copy: codeBlock,
  },
  draft: plain,
  name: { ...plain, inside: withoutBrackets },
  /** A status page may take what stands between angle brackets for HTML. */
  page: { ...plain, line: withoutBrackets, inside: (value) => isolate(withoutBrackets(value)) },
  subject: { ...plain, join: (lines) => lines.join(' ') },
  text: { ...plain, inside: isolate },
  /** Handlebars escapes what it prints; only the line breaks are ours. */
  html: { ...plain, inside: isolate, join: joinHtml },
};

/** Values as a template may print them: no template can forget to escape. */
export function prepare(shape: z.ZodRawShape, given: Record<string, unknown>, into: Into): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, prepareOne(schema, given[key], escapesOf[into])]),
  );
}

function prepareOne(schema: z.core.$ZodType, value: unknown, escapes: Escape): unknown {
  if (Array.isArray(value)) return value.map((item) => escapes.inside(oneLine(String(item))));
  if (typeof value !== 'string') return value;
  const { kind, unnamed = 'a colleague' } = fieldOf(schema);
  switch (kind) {
    case 'person':
      return escapes.person(oneLine(value), unnamed);
    case 'lines':
      return escapes.join(linesOf(value).map(escapes.line));
    case 'channel':
      return escapes.channel(oneLine(value));
    case 'copy':
      return escapes.copy(splitLines(value));
    case 'text':
    case 'list':
    case 'flag':
    case 'count':
      return escapes.inside(oneLine(value));
  }
}

/** Nothing stays nothing, so that a template can ask whether it is there. */
function joinHtml(lines: string[]): unknown {
  if (lines.length === 0) return '';
  return new Handlebars.SafeString(lines.map((line) => Handlebars.escapeExpression(line)).join('<br>\n'));
}
