import { basename } from 'node:path';
import { type Described, described } from '../../broadcast/templates/described.ts';
import { type Size, sizes } from '../../broadcast/templates/examples.ts';
import type { Templates } from '../../broadcast/templates/sentences.ts';
import { formatFault } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { table } from './text.ts';

const places: Record<Described['goes'], string> = {
  slack: 'Slack',
  page: 'status page',
  name: 'status page, name',
  draft: 'editor',
  mail: 'mail',
};

const headings: Record<Size, string> = {
  least: 'AT ITS SMALLEST',
  example: 'AS USUAL',
  most: 'AT ITS LARGEST',
};

/** Every template: where it goes, what it is for, and what it is given. */
export function presentTemplates(): string {
  const rows = described.map(({ name, goes, about, inputs }) => [
    name,
    places[goes],
    `${about} (${inputs.map(({ key }) => key).join(', ')})`,
  ]);
  return [...table(rows, ''), '', '`muster template NAME` shows one with examples.'].join('\n');
}

/** One template: where it is from, what is wrong with a home's own, its inputs, and what it says. */
export function presentTemplate(templates: Templates, one: Described, html: boolean): string {
  const { name, goes, about, files, inputs } = one;
  const from = files.map((file) => templates.files.get(file) ?? `${file} (none can be used: a plain form stands in)`);
  const wrong = templates.faults.filter((fault) => files.includes(basename(fault.file))).map(formatFault);
  return [
    `${name} · ${places[goes]} · ${about}`,
    `From ${from.join(', ')}`,
    ...wrong.map((fault) => `Broken: ${fault}`),
    'Inputs:',
    ...table(inputs.map(({ key, field }) => [key, field.kind, field.about])),
    ...sizes.flatMap((size) => ['', headings[size], ...sayExample(one.example(templates, size), html)]),
  ].join('\n');
}

export function templateJson(templates: Templates, one: Described): JsonObject {
  const { name, goes, about, files, inputs } = one;
  const examples = sizes.map((size) => [size, { ...one.example(templates, size) }] as const);
  return {
    name,
    goes,
    about,
    from: files.map((file) => templates.files.get(file) ?? null),
    inputs: inputs.map(({ key, field }) => ({ key, kind: field.kind, about: field.about })),
    examples: Object.fromEntries(examples),
  };
}

function sayExample(said: ReturnType<Described['example']>, html: boolean): string[] {
  if (!('subject' in said)) return [said.text];
  return [`Subject: ${said.subject}`, '', said.text.trimEnd(), ...(html ? ['', said.html.trimEnd()] : [])];
}
