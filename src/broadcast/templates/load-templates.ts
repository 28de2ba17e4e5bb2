import { join } from 'node:path';
import type { Fault } from '../../domain/errors.ts';
import { type Compiled, compile } from './compile.ts';
import { compileMail } from './compile-mail.ts';
import { plainForm, plainMail } from './plain-form.ts';
import {
  type MailName,
  type MailWords,
  mails,
  namesOf,
  type SentenceName,
  sentences,
  type Templates,
} from './sentences.ts';
import { type Candidate, speaker } from './speaker.ts';
import { type Folder, fileOfSentence, filesOfMail, readTemplates, type TemplateFile } from './template-files.ts';

/** Where templates are looked for, the best place first, and what is found out on the way. */
interface Search {
  folders: readonly Folder[];
  faults: Fault[];
  files: Map<string, string>;
}

/**
 * Compiles every template, a home's own before the shipped one, and tries each with its examples. Never throws: what is
 * broken is a fault, and the shipped template, or a plain form of the values, stands in.
 */
export async function loadTemplates(dirs: { homeDir?: string; shippedDir: string }): Promise<Templates> {
  const own = dirs.homeDir === undefined ? [] : [await readTemplates(dirs.homeDir)];
  const folders = [...own, await readTemplates(dirs.shippedDir)];
  const search = { folders, faults: folders.flatMap((folder) => folder.faults), files: new Map<string, string>() };
  const says = byName(sentences, (name) => loadSentence(name, search));
  const sends = byName(mails, (name) => loadMail(name, search));
  const { faults, files } = search;
  return { say: (name, input) => says[name](input), mail: (name, input) => sends[name](input), faults, files };
}

function byName<Name extends string, Made>(of: Record<Name, unknown>, make: (name: Name) => Made): Record<Name, Made> {
  return Object.fromEntries(namesOf(of).map((name) => [name, make(name)])) as Record<Name, Made>;
}

function loadSentence(name: SentenceName, search: Search): (given: unknown) => string {
  const { input, goes: into } = sentences[name];
  const { shape } = input;
  const file = fileOfSentence(name);
  const candidates = find(search, [file], (read) => compile({ ...read(file), shape, into }));
  const plain = (given: unknown) => plainForm({ name, shape, into }, given);
  return speaker<string>({ name, input, candidates, plain }, search.faults);
}

function loadMail(name: MailName, search: Search): (given: unknown) => MailWords {
  const { input } = mails[name];
  const { shape } = input;
  const { text, html } = filesOfMail(name);
  const candidates = find(search, [text, html], (read) => compileMail({ text: read(text), html: read(html) }, shape));
  const plain = (given: unknown) => plainMail({ name, shape }, given);
  return speaker<MailWords>({ name, input, candidates, plain }, search.faults);
}

/** A folder that has one file of a template is to have them all; the last folder is to have every template. */
function find<Said>(
  { folders, faults, files }: Search,
  names: readonly string[],
  make: (read: (name: string) => TemplateFile) => Compiled<Said>,
): Candidate<Said>[] {
  const candidates: Candidate<Said>[] = [];
  for (const folder of folders) {
    const missing = names.filter((name) => !folder.sources.has(name)).map((name) => join(folder.dir, name));
    if (missing.length === names.length && folder !== folders.at(-1)) continue;
    const read = (name: string) => ({ file: join(folder.dir, name), source: folder.sources.get(name) ?? '' });
    const made = missing.length < names.length ? make(read) : { faults: [] };
    if ('faults' in made) {
      faults.push(...missing.map(missingFault), ...made.faults.filter(({ file }) => !missing.includes(file)));
      continue;
    }
    candidates.push({ file: read(names[0] ?? '').file, render: made.render });
    for (const name of names) if (!files.has(name)) files.set(name, read(name).file);
  }
  return candidates;
}

function missingFault(file: string): Fault {
  return { file, line: 1, column: 1, message: 'this file is missing' };
}
