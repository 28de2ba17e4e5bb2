import type { Command } from 'commander';
import { described } from '../../broadcast/templates/described.ts';
import { Refusal } from '../../domain/errors.ts';
import { suggestion } from '../../domain/nearest.ts';
import { presentTemplate, presentTemplates, templateJson } from '../present/template.ts';
import { jsonLine } from '../present/text.ts';
import type { Session } from './session.ts';

/** template: asks no Muster and no AWS identity. */
export function addTemplateWord(program: Command, session: Session): void {
  const { terminal } = session;
  program
    .command('template [name]')
    .description('what Muster says, with examples: one template, or the names of all')
    .option('--html', 'with the html part of a mail')
    .action(async (name: string | undefined, { html }: { html?: true }) => {
      const templates = await terminal.loadTemplates();
      const shown = described.filter((one) => name === undefined || one.name === name);
      if (shown.length === 0) throw new Refusal(`There is no template ${name}: ${suggestName(name ?? '')}`, 'name');
      if (session.json()) return terminal.print(jsonLine(shown.map((one) => templateJson(templates, one))));
      if (name === undefined) return terminal.print(presentTemplates());
      terminal.print(shown.map((one) => presentTemplate(templates, one, html === true)).join('\n\n'));
    });
}

function suggestName(typed: string): string {
  return suggestion(typed, [...new Set(described.map((one) => one.name))]);
}
