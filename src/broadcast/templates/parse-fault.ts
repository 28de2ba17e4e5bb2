import { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';

const Thrown = z.object({ message: z.string(), lineNumber: z.int(), column: z.int(), code: z.string() }).partial();
const picture = /^Parse error on line (\d+):\n(.*)\n(-*)\^/;

/** What kept a template from being read or understood, at its place. */
export function faultOf(file: string, source: string, error: unknown): Fault {
  const { message = String(error), lineNumber, column, code } = Thrown.safeParse(error).data ?? {};
  if (code === 'ENOENT') return { file, line: 1, column: 1, message: 'this template is missing' };
  if (code !== undefined) return { file, line: 1, column: 1, message: `cannot be read (${code})` };
  if (lineNumber !== undefined) {
    const said = message
      .replace(/ - \d+:\d+$/, '')
      .replace(/^(\w+) doesn't match (\w+)$/, '{{#$1}} is closed by {{/$2}}');
    return { file, line: lineNumber, column: (column ?? 0) + 1, message: said };
  }
  const drawn = picture.exec(message);
  if (!drawn) return { file, line: 1, column: 1, message: oneLine(message) };
  return { file, ...placeOf(source, drawn), message: sentenceOf(message) };
}

/** Handlebars draws the place: some text without its line breaks, and an arrow below it. */
function placeOf(
  source: string,
  [, line = '1', text = '', dashes = '']: RegExpExecArray,
): { line: number; column: number } {
  const drawn = text.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
  const arrow = dashes.length - (text.startsWith('...') ? 3 : 0);
  const at = source.replaceAll('\n', '').lastIndexOf(drawn);
  if (at < 0) return { line: Number(line), column: 1 };
  let left = at + arrow;
  for (const [index, row] of source.split('\n').entries()) {
    if (left <= row.length) return { line: index + 1, column: left + 1 };
    left -= row.length;
  }
  return { line: Number(line), column: 1 };
}

function sentenceOf(message: string): string {
  const found = /got '(\w+)'/.exec(message)?.[1];
  if (found === 'EOF') return 'ends too early: every {{#if}}, {{#unless}} and {{#each}} needs its {{/…}}';
  if (found === 'OPEN_ENDBLOCK') return 'closes what was not opened';
  if (found === 'INVERSE') return 'has a second {{else}}, or one outside a block';
  return 'is not Handlebars: expected {{NAME}}, {{#if NAME}}…{{/if}} or {{#each NAME}}…{{/each}}';
}

function oneLine(message: string): string {
  return message.split('\n').join(' ');
}
