import { type Command, Option } from 'commander';
import { modes } from '../../domain/command.ts';
import type { RehearsalEnd, RehearsalView } from '../../rehearsal/rehearsal.ts';
import { troubleNames } from '../../rehearsal/troubles.ts';
import { type Exit, exit } from '../exit.ts';
import { jsonLine, value } from '../present/text.ts';
import type { Door } from '../terminal.ts';
import type { Wire } from '../wire.ts';
import { collect, given, readPairs } from './options.ts';
import { type Session, said, say, throughDoor } from './session.ts';

interface Options {
  mode?: string;
  dark: boolean;
  trouble: string[];
  stop: boolean;
}

type View = Wire<RehearsalView>;

const lookMs = 1_000;

/** rehearse: the report alone goes where it can be piped; how far it is goes beside it. */
export function addRehearsalWord(program: Command, session: Session): void {
  program
    .command('rehearse [command] [inputs...]')
    .description('carry a command out on a simulated cloud and report; nothing real is touched')
    .addOption(new Option('--mode <mode>', 'how to leave the active Region').choices(modes))
    .option('--dark', 'the Region that is left does not answer', false)
    .addOption(
      new Option('--trouble <name>', `what else goes wrong: ${troubleNames.join(', ')}`)
        .argParser(collect)
        .default([], 'nothing'),
    )
    .option('--stop', 'end the one that is under way, without an outcome', false)
    .action(async (command: string | undefined, inputs: string[], options: Options, self: Command) => {
      if (options.stop && command !== undefined)
        return self.error('rehearse: --stop ends the one that is under way, and takes no command');
      if (options.stop) return say(session, 'stop-rehearsal', {}, said);
      if (command === undefined) return self.error('rehearse: name the command, or add --stop');
      return throughDoor(session, (door) => rehearse(session, door, { command, inputs, options }));
    });
}

async function rehearse(
  { terminal, json }: Session,
  door: Door,
  { command, inputs, options }: { command: string; inputs: string[]; options: Options },
): Promise<Exit> {
  const { mode, dark, trouble } = options;
  const begun = await door.call('rehearse', {
    ...given({ command, mode, dark, troubles: trouble }),
    inputs: readPairs(inputs, 'an input such as tasks=4'),
  });
  terminal.complain(value(begun.said));
  let view = begun.rehearsal as unknown as View;
  for (let told = 0; ; ) {
    for (const line of view.progress.slice(told)) terminal.complain(`  ${line}`);
    told = view.progress.length;
    if (view.end !== null) break;
    await terminal.clock.sleep(lookMs);
    view = (await door.call('show-rehearsal', { rehearsal: view.id })).rehearsal as unknown as View;
  }
  if (json()) terminal.print(jsonLine({ rehearsal: view }));
  else if (view.end.kind === 'reported') terminal.print(view.end.file.markdown.trimEnd());
  terminal.complain(view.end.sentence);
  return exitOf(view.end);
}

/** 0 is what has succeeded in rehearsal, and nothing else. */
function exitOf(end: Wire<RehearsalEnd>): Exit {
  if (end.kind === 'refused') return exit.refused;
  if (end.kind === 'without-outcome') return exit.failed;
  if (end.report.outcome === 'succeeded-with-exceptions') return exit.exceptions;
  return end.report.outcome === 'succeeded' ? exit.done : exit.failed;
}
