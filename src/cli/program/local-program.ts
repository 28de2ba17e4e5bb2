import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { FaultyFiles, formatFault } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { exit } from '../exit.ts';
import { iamPolicy } from '../iam-policy.ts';
import { examine } from '../present/doctor.ts';
import { jsonLine, value } from '../present/text.ts';
import { given } from './options.ts';
import { type Session, throughDoor } from './session.ts';

/** check, doctor and iam-policy: these need no running Muster. */
export function addLocalWords(program: Command, session: Session): void {
  const { terminal } = session;
  program
    .command('check')
    .description('look for faults in muster.yml and the commands')
    .action(async () => {
      const faults = await findFaults(session);
      const lines = faults.length > 0 ? faults.map(formatFault) : ['No fault found.'];
      terminal.print(session.json() ? jsonLine({ faults }) : lines.join('\n'));
      session.end(faults.length > 0 ? exit.broken : exit.done);
    });
  program
    .command('doctor')
    .description('say how this Muster is set up, and what it lacks')
    .action(async () => {
      const findings = examine(terminal.settings(), (await findFaults(session)).length);
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
        else await writeFile(out, lines.map((line) => `${line}\n`).join(''), { flag: 'wx', mode: 0o600 });
        return exit.done;
      }),
    );
  audit
    .command('verify')
    .description('follow the hash chain from the first row to the last')
    .action(async () =>
      throughDoor(session, async (door) => {
        const found = await door.call('audit-verify', {});
        const whole = found.ok === true;
        const sentence = whole
          ? `${value(found.count)} rows, unbroken. Head: ${value(found.head)}`
          : `Broken: ${value(found.why)}.`;
        session.terminal.print(session.json() ? jsonLine(found) : sentence);
        return whole ? exit.done : exit.broken;
      }),
    );
}

async function findFaults(session: Session): Promise<FaultyFiles['faults']> {
  try {
    await session.terminal.loadHome();
    return [];
  } catch (error) {
    if (error instanceof FaultyFiles) return error.faults;
    throw error;
  }
}
