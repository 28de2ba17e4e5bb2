import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type MailName, mails, namesOf, type SentenceName, sentences } from './sentences.ts';

const extension = '.hbs';
const Coded = z.object({ code: z.string() });

export function fileOfSentence(name: SentenceName): string {
  return `${name}${extension}`;
}

export function filesOfMail(name: MailName): { text: string; html: string } {
  return { text: `${name}.mail.txt${extension}`, html: `${name}.mail.html${extension}` };
}

const known = [
  ...namesOf(sentences).map(fileOfSentence),
  ...namesOf(mails).flatMap((name) => Object.values(filesOfMail(name))),
];

export interface TemplateFile {
  file: string;
  source: string;
}

/** The templates of one folder, by their file's name. */
export interface Folder {
  dir: string;
  sources: ReadonlyMap<string, string>;
  faults: readonly Fault[];
}

/** A folder that is not there holds none. Never throws: what cannot be read is a fault. */
export async function readTemplates(dir: string): Promise<Folder> {
  const listed = await readdir(dir).catch((error: unknown) => codeOf(error));
  if (listed === 'ENOENT') return { dir, sources: new Map(), faults: [] };
  if (typeof listed === 'string') return { dir, sources: new Map(), faults: [unreadable(dir, listed)] };
  const sources = new Map<string, string>();
  const faults: Fault[] = [];
  for (const file of listed.filter(isMeant).sort()) {
    const path = join(dir, file);
    const read = known.includes(file) ? await readSource(path) : unknown(path, file);
    if (typeof read === 'string') sources.set(file, read);
    else faults.push(read);
  }
  return { dir, sources, faults };
}

/** Notes and hidden files lie beside templates. */
function isMeant(file: string): boolean {
  return !file.startsWith('.') && !/\.md$|~$/i.test(file);
}

async function readSource(path: string): Promise<string | Fault> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  } catch (error) {
    return unreadable(path, codeOf(error));
  }
}

function unknown(path: string, file: string): Fault {
  return { file: path, line: 1, column: 1, message: `there is no template ${file}: ${suggestion(file, known)}` };
}

function unreadable(file: string, code: string): Fault {
  const message = `cannot be read (${code}): check that it is a file that Muster may read`;
  return { file, line: 1, column: 1, message };
}

function codeOf(error: unknown): string {
  return Coded.safeParse(error).data?.code ?? String(error);
}
