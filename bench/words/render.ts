import { readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';
import { body, services } from '../../src/broadcast/templates/largest.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import type { SentenceInput } from '../../src/broadcast/templates/sentences.ts';

const shippedDir = new URL('../../templates', import.meta.url).pathname;
const rounds = 5;

const update: SentenceInput<'stakeholder-update'> = {
  label: 'INC-7',
  title: 'Checkout fails for everybody',
  system: 'Acme Shop',
  severity: 'P1',
  services,
  phase: 'recovering',
  began: '2026-03-01 14:05 UTC',
  body,
  automatic: true,
  by: 'ana',
  commander: 'ana',
  nextUpdate: '15:30 CET (14:30 UTC)',
};

/** Milliseconds for so many of the largest updates: by Muster, which checks and escapes each value, and by bare Handlebars. */
export async function measureRendering(messages: number): Promise<{ muster: number; bare: number }> {
  const { say } = await loadTemplates({ shippedDir });
  const source = await readFile(`${shippedDir}/stakeholder-update.hbs`, 'utf8');
  const template = Handlebars.create();
  template.registerHelper('is', (one: unknown, other: unknown) => one === other);
  const render = template.compile(source, { noEscape: true });
  const muster = () => say('stakeholder-update', update);
  const bare = () => render(update);
  const took = { muster: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    took.muster = Math.min(took.muster, time(muster, messages));
    took.bare = Math.min(took.bare, time(bare, messages));
  }
  return took;
}

function time(work: () => string, times: number): number {
  const began = performance.now();
  let length = 0;
  for (let at = 0; at < times; at += 1) length += work().length;
  if (length === 0) throw new Error('nothing was rendered');
  return performance.now() - began;
}
