import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Fault, FaultyFiles, formatFault, Refusal } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { verifyExport } from '../../reports/audit.ts';
import { type Exit, exit } from '../exit.ts';
import { iamPolicy } from '../iam-policy.ts';
import { examine } from '../present/doctor.ts';
import { jsonLine, value } from '../present/text.ts';
import type { PageCheck } from '../terminal.ts';
import { given } from './options.ts';
import { type Session, throughDoor } from './session.ts';
import { writeNew } from './write-new.ts';

/** check, doctor and iam-policy: these need no running Muster. */
export function addLocalWords(program: Command, session: Session): void {
  const { terminal } = session;
  program
    .command('check')
    .description('look for faults in muster.yml, the commands, the templates and the status page they name')
    .option('--strict', 'end with exit code 1 where there is only a warning, too')
    .action(async ({ strict }: { strict?: boolean }) => {
      const { faults: ours, page, templates } = await look(session);
      const faults = [...ours, ...templates];
      const warnings = await terminal.findWarnings();
      const unread = page?.state === 'no-key' || page?.state === 'unknown' ? [page.sentence] : [];
      const answer = { faults, warnings, page: page && { state: page.state, sentence: page.sentence } };
      const lines = [...faults.map(formatFault), ...warnings.map(sayWarning), ...sayFound(faults, warnings), ...unread];
      terminal.print(session.json() ? jsonLine(answer) : lines.join('\n'));
      const isBroken = faults.length > 0 || (strict === true && warnings.length > 0);
      session.end(isBroken ? exit.broken : exit.done);
    });
  program
    .command('doctor')
    .description('say how this Muster is set up, and what it lacks')
    .action(async () => {
      const { faults, templates, page, pager } = await look(session);
      const counts = { faults: faults.length, templates: templates.length };
      const findings = examine(terminal.settings(), { ...counts, page, pager });
      const lines = findings.map(({ ok, sentence }) => `${ok ? 'ok    ' : 'lacks '} ${sentence}`);
      terminal.print(session.json() ? jsonLine({ findings }) : lines.join('\n'));
      session.end(findings.some((finding) => !finding.ok && finding.vital) ? exit.broken : exit.done);
    });
  program
    .command('iam-policy')
    .description('the least permissions that the commands in use need')
    .action(async () => {
      const { commands } = await terminal.loadHome();
      terminal.print(JSON.stringify(iamPolicy(commands, terminal.catalogue), null, session.json() ? 0 : 2));
    });
}

/** audit export and audit verify. */
export function addAuditWords(program: Command, session: Session): void {
  const audit = program.command('audit').description('the hash-chained log of every decision and effect');
  audit
    .command('export')
    .description('one JSON row a line, oldest first')
    .option('--incident <id>', 'of this incident alone')
    .option('--out <file>', 'into a file that is not there yet')
    .action(async ({ incident, out }: { incident?: string; out?: string }) =>
      throughDoor(session, async (door) => {
        const { rows } = (await door.call('audit-export', given({ incident }))) as { rows: JsonObject[] };
        const lines = rows.map((row) => jsonLine(row));
        if (out === undefined) for (const line of lines) session.terminal.print(line);
        else await writeNew(out, lines.map((line) => `${line}\n`).join(''));
        return exit.done;
      }),
    );
  audit
    .command('verify [file]')
    .description('follow the hash chain from the first row to the last: of an exported file, else of the store')
    .action(async (file: string | undefined) => {
      if (file !== undefined) return session.end(await verifyFile(session, file));
      return throughDoor(session, async (door) => {
        const found = await door.call('audit-verify', {});
        const whole = found.ok === true;
        const sentence = whole
          ? `${value(found.count)} rows, unbroken. Head: ${value(found.head)}`
          : `Broken: ${value(found.why)}.`;
        session.terminal.print(session.json() ? jsonLine(found) : sentence);
        return whole ? exit.done : exit.broken;
      });
    });
}

/** By the file alone: this asks no Muster and no AWS identity. */
async function verifyFile({ terminal, json }: Session, file: string): Promise<Exit> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'file');
  });
  const found = verifyExport(text);
  terminal.print(json() ? jsonLine(found) : found.sentence);
  return found.ok ? exit.done : exit.broken;
}

function sayWarning(warning: Fault): string {
  return `${formatFault(warning)} (warning)`;
}

/** What stands below the faults; where Muster would not start, they speak for themselves. */
function sayFound(faults: readonly Fault[], { length: warnings }: readonly Fault[]): string[] {
  if (faults.length > 0) return [];
  if (warnings === 0) return ['No fault found.'];
  return [`No fault found, and ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}: Muster starts all the same.`];
}

interface Looked {
  faults: readonly Fault[];
  page: PageCheck | null;
  /** Whether muster.yml names one. */
  pager: boolean;
  /** The shipped ones stand in for these: none keeps Muster from starting. */
  templates: readonly Fault[];
}

/** The files first: a page is compared with what they say once they have no fault of their own. */
async function look({ terminal }: Session): Promise<Looked> {
  const { faults: templates } = await terminal.loadTemplates();
  const cloud = await terminal.findCloudFaults();
  try {
    const { home } = await terminal.loadHome();
    const page = await terminal.checkPage(home);
    return { faults: [...page.faults, ...cloud], page, pager: home.pager !== undefined, templates };
  } catch (error) {
    if (error instanceof FaultyFiles)
      return { faults: [...error.faults, ...cloud], page: null, pager: false, templates };
    throw error;
  }
}
