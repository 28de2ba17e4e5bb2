import Handlebars from 'handlebars';
import { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { checkWords } from './check-words.ts';
import { exampleOf } from './examples.ts';
import { limits } from './limits.ts';
import { faultOf } from './parse-fault.ts';
import { clip } from './plain-text.ts';
import { type Into, prepare } from './values.ts';

/** Values as their schema has checked them, into words that fit where they go. Throws what the template throws. */
export type Render = (values: Record<string, unknown>) => string;

/** A template, or a part of one. */
interface Piece {
  file: string;
  source: string;
  shape: z.ZodRawShape;
  into: Into;
}

const silent = 'it says nothing';

export type Compiled<Said> = { render: (values: Record<string, unknown>) => Said } | { faults: Fault[] };

/** Compiles a piece and tries it with its examples. Never throws. */
export function compile(piece: Piece): Compiled<string> {
  const { file, source, shape, into } = piece;
  try {
    const faults = checkWords({ file, source, shape, html: into === 'html' });
    if (faults.length > 0) return { faults };
    const render = renderer(piece);
    const wrong = tryOut(render, piece);
    if (wrong !== null) return { faults: [{ file, line: 1, column: 1, message: wrong }] };
    return { render: (values) => fitted(render(values), into) };
  } catch (error) {
    return { faults: [faultOf(file, source, error)] };
  }
}

const handlebars = Handlebars.create();
handlebars.registerHelper('is', (value: unknown, word: unknown) => value === word);

function renderer({ source, shape, into }: Piece): Render {
  const template = handlebars.compile<Record<string, unknown>>(source, {
    strict: true,
    noEscape: into !== 'html',
    knownHelpers: { is: true },
    knownHelpersOnly: true,
  });
  return (values) => template(prepare(shape, values, into)).trim();
}

function fitted(said: string, into: Into): string {
  if (said === '') throw new Error(silent);
  return clip(said, limits[into]?.most ?? said.length);
}

/** What is wrong with what it says at its smallest, as usual or at its largest; null when nothing is. */
function tryOut(render: Render, { shape, into }: Piece): string | null {
  const limit = limits[into];
  for (const size of ['example', 'least', 'most'] as const) {
    const said = render(z.object(shape).parse(exampleOf(shape, size)));
    if (said === '') return size === 'least' ? `${silent} where there is as little to say as there can be` : silent;
    if (limit && said.length > limit.most) {
      return `at its largest it has ${said.length} characters: ${limit.where} takes ${limit.most}`;
    }
  }
  return null;
}
