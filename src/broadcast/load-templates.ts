import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { z } from 'zod';
import { type Fault, FaultyFiles } from '../domain/errors.ts';
import { suggestion } from '../domain/nearest.ts';
import { checkWords } from './check-template.ts';
import { person, type Say, type SentenceName, sentences } from './sentences.ts';
import { escapePerson, escapeSlack } from './slack-text.ts';

type Render = (input: Record<string, unknown>) => string;

const Thrown = z.object({ message: z.string(), code: z.unknown() }).partial({ code: true });
const extension = '.hbs';
const names = Object.keys(sentences) as SentenceName[];

/**
 * Compiles every template, a home's own before the shipped one, and tries each with its examples.
 * Rejects with `FaultyFiles` when one is missing, does not parse, uses what it is not given, or says nothing.
 */
export async function loadTemplates(dirs: { homeDir?: string; shippedDir: string }): Promise<Say> {
  const own = dirs.homeDir === undefined ? [] : await listTemplates(dirs.homeDir);
  const faults = own
    .filter((name) => !isKnown(name))
    .map((name) => unknownTemplate(join(dirs.homeDir ?? '', name), name));
  const renders = new Map<SentenceName, Render>();
  for (const name of names) {
    const dir = own.includes(name) && dirs.homeDir !== undefined ? dirs.homeDir : dirs.shippedDir;
    const made = await compile(join(dir, name + extension), name);
    if ('faults' in made) faults.push(...made.faults);
    else renders.set(name, made.render);
  }
  if (faults.length > 0) throw new FaultyFiles(faults);
  return (name, input) => {
    const render = renders.get(name);
    if (!render) throw new Error(`the template ${name} was not loaded`);
    return render(input);
  };
}

async function listTemplates(dir: string): Promise<string[]> {
  const files = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files.filter((file) => file.endsWith(extension)).map((file) => file.slice(0, -extension.length));
}

function isKnown(name: string): name is SentenceName {
  return Object.hasOwn(sentences, name);
}

function unknownTemplate(path: string, name: string): Fault {
  return {
    file: path + extension,
    line: 1,
    column: 1,
    message: `there is no template ${name}: ${suggestion(name, names)}`,
  };
}

async function compile(file: string, name: SentenceName): Promise<{ render: Render } | { faults: Fault[] }> {
  try {
    const source = (await readFile(file, 'utf8')).trimEnd();
    const faults = checkWords(file, source, Object.keys(sentences[name].input.shape));
    if (faults.length > 0) return { faults };
    const render = renderer(name, source);
    for (const example of sentences[name].examples) {
      if (render(example).trim() === '') return { faults: [{ file, line: 1, column: 1, message: 'it says nothing' }] };
    }
    return { render };
  } catch (error) {
    return { faults: [faultOf(file, error)] };
  }
}

/** Values are escaped before the template sees them: no template can forget to. */
function renderer(name: SentenceName, source: string): Render {
  const { input, audience } = sentences[name];
  const shape: z.ZodRawShape = input.shape;
  const template = Handlebars.create().compile(source, { strict: true, noEscape: true, knownHelpersOnly: true });
  const escapeFor = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string' || audience === 'public') return value;
    return shape[key] === person ? escapePerson(value) : escapeSlack(value);
  };
  return (given) => {
    const values = Object.entries(input.parse(given)).map(([key, value]) => [key, escapeFor(key, value)] as const);
    return template(Object.fromEntries(values));
  };
}

function faultOf(file: string, error: unknown): Fault {
  const { code, message } = Thrown.parse(error);
  if (code === 'ENOENT') return { file, line: 1, column: 1, message: 'this template is missing' };
  const line = Number(/^Parse error on line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+$/.exec(message)?.[1] ?? 1);
  return { file, line, column: 1, message: message.split('\n').join(' ') };
}
