import { Command, CommanderError } from 'commander';
import { FaultyFiles, Refusal } from '../domain/errors.ts';
import { type Exit, exit } from './exit.ts';
import { harmless, jsonLine } from './present/text.ts';
import { addIncidentWords } from './program/incident-program.ts';
import { addAuditWords, addLocalWords } from './program/local-program.ts';
import { addRecordWords } from './program/record-program.ts';
import { addRecoveryWords, addSteeringWords } from './program/recovery-program.ts';
import { addRehearsalWord } from './program/rehearsal-program.ts';
import type { Session } from './program/session.ts';
import { addTemplateWord } from './program/template-program.ts';
import { addUpdateWords } from './program/update-program.ts';
import type { Terminal } from './terminal.ts';

/** Carries out one line typed at the shell. Returns the exit code; never throws. */
export async function runTerminal(argv: readonly string[], outside: Terminal): Promise<Exit> {
  const terminal: Terminal = {
    ...outside,
    print: (text) => outside.print(harmless(text)),
    complain: (text) => outside.complain(harmless(text)),
  };
  const program = new Command('muster').description('Disaster recovery from the terminal: the same words as /dr.');
  let code: Exit = exit.done;
  const session: Session = {
    terminal,
    openDoor: () => terminal.openDoor(program.opts().sandbox === true ? { as: program.opts().as } : null),
    json: () => program.opts().json === true,
    end: (ended) => {
      code = ended;
    },
  };
  assemble(program, session);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return explain(error, session);
  }
}

function assemble(program: Command, session: Session): void {
  const { terminal } = session;
  program
    .option('--json', 'answer as JSON')
    .option('--sandbox', 'speak to the sandbox that `npm start` runs here, with --as')
    .option('--as <name>', 'with --sandbox: who you are there, by the name in muster.yml')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .showSuggestionAfterError();
  program.commandsGroup('Recovery:');
  addRecoveryWords(program, session);
  addSteeringWords(program, session);
  addRehearsalWord(program, session);
  program.commandsGroup('Incidents:');
  addIncidentWords(program, session);
  program.commandsGroup('What people are told:');
  addUpdateWords(program, session);
  program.commandsGroup('What is kept:');
  addRecordWords(program, session);
  addAuditWords(program, session);
  program.commandsGroup('Setting up:');
  addLocalWords(program, session);
  addTemplateWord(program, session);
}

function explain(error: unknown, session: Session): Exit {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.refused;
  if (error instanceof Refusal) return refuse(error.message, error.field ?? null, session);
  if (error instanceof FaultyFiles) return refuse(error.message, null, session);
  session.terminal.complain(`Muster failed: ${error instanceof Error ? error.message : String(error)}`);
  return exit.broken;
}

function refuse(refusal: string, field: string | null, { terminal, json }: Session): Exit {
  if (json()) terminal.print(jsonLine({ refusal, field }));
  else terminal.complain(refusal);
  return exit.refused;
}
