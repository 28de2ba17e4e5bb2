import { type Command, Option } from 'commander';
import { modes } from '../../domain/command.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ConsentView } from '../../domain/views.ts';
import type { PlanMade } from '../../recovery/recovery.ts';
import { type CarryOutOptions, carryOut } from '../carry-out.ts';
import { type Exit, exit } from '../exit.ts';
import { presentConsent } from '../present/consent.ts';
import { presentPlan } from '../present/plan.ts';
import { jsonLine } from '../present/text.ts';
import type { Wire } from '../wire.ts';
import { collect, given, readPairs } from './options.ts';
import { type Session, said, say, throughDoor } from './session.ts';

interface RunOptions {
  mode?: string;
  incident?: string;
  run?: string;
  confirm?: string;
  code?: string;
  accept: string[];
  wait: boolean;
}

/** A plan that cannot be asked for as it is does not look like success to a script. */
const exitOfPlan: Record<PlanMade['verdict'], Exit> = {
  ready: exit.done,
  'needs-acceptance': exit.waiting,
  blocked: exit.failed,
};

/** plan, run, drill, undo, approve and break-glass. */
export function addRecoveryWords(program: Command, session: Session): void {
  const mode = () => new Option('--mode <mode>', 'how to leave the active Region').choices(modes);

  program
    .command('plan <command> [inputs...]')
    .description('show what a command would do now; changes nothing')
    .addOption(mode())
    .option('--incident <id>', 'the incident it is for')
    .action(async (command: string, inputs: string[], options: RunOptions) =>
      throughDoor(session, async (door) => {
        const made = (await door.call(
          'plan',
          planArgs(session, { command, inputs, options }),
        )) as unknown as Wire<PlanMade>;
        session.terminal.print(session.json() ? jsonLine(made) : presentPlan(made));
        return exitOfPlan[made.verdict];
      }),
    );
  withConsent(program.command('run <command> [inputs...]').description('plan, ask for consent, and follow the run'))
    .addOption(mode())
    .action(async (command: string, inputs: string[], options: RunOptions) =>
      throughDoor(session, (door) =>
        carryOut(
          session.terminal,
          door,
          { word: 'plan', args: planArgs(session, { command, inputs, options }) },
          consentOf(session, options),
        ),
      ),
    );
  withConsent(program.command('drill <command> [inputs...]').description('the same for a drill, in its own record'))
    .addOption(mode())
    .action(async (command: string, inputs: string[], options: RunOptions) =>
      throughDoor(session, (door) =>
        carryOut(
          session.terminal,
          door,
          { word: 'plan', args: planArgs(session, { command, inputs, options, drill: true }) },
          consentOf(session, options),
        ),
      ),
    );
  withConsent(program.command('undo').description('put back what a run changed, before its point of no return'))
    .option('--run <id>', 'the run to undo')
    .action(async (options: RunOptions) =>
      throughDoor(session, (door) =>
        carryOut(
          session.terminal,
          door,
          { word: 'plan-undo', args: given({ incident: options.incident, run: options.run }) },
          consentOf(session, options),
        ),
      ),
    );
  program
    .command('approve <code>')
    .description('consent to what somebody else asked for')
    .option('--incident <id>', 'the incident it is for')
    .action(async (code: string, { incident }: RunOptions) =>
      say(session, 'approve', given({ code, incident }), consented),
    );
  program
    .command('break-glass <code>')
    .description('start at once without approval, as a commander; every approver is told')
    .requiredOption('--reason <text>', 'why it could not wait')
    .option('--incident <id>', 'the incident it is for')
    .action(async (code: string, { reason, incident }: { reason: string; incident?: string }) =>
      say(session, 'break-glass', given({ code, reason, incident }), consented),
    );
}

/** pause, resume, abort, retry, skip and answer. */
export function addSteeringWords(program: Command, session: Session): void {
  const word = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--run <id>', 'the run; without it the current one')
      .option('--incident <id>', 'the incident it belongs to');

  for (const [name, description] of [
    ['pause', 'start nothing more until it is resumed'],
    ['resume', 'go on'],
    ['abort', 'start nothing more, and watch what is under way to its end'],
  ] as const) {
    word(name, description)
      .option('--reason <text>', 'why')
      .action(async (options: Record<string, string>) => say(session, name, given(options), said));
  }
  word('retry <step>', 'try a step again')
    .option('--reason <text>', 'why')
    .action(async (step: string, options: Record<string, string>) =>
      say(session, 'retry', given({ step, ...options }), said),
    );
  word('skip <step>', 'leave a step out: asks for consent')
    .requiredOption('--reason <text>', 'why')
    .action(async (step: string, options: Record<string, string>) =>
      say(session, 'skip', given({ step, ...options }), said),
    );
  word('answer <step> [items...]', 'say whether what a checkpoint asks for is done, or an item of a checklist')
    .addOption(new Option('--done', 'it is done; of a checklist, all that is open').conflicts('notDone'))
    .option('--not-done', 'it is not')
    .option('--note <text>', 'what was seen; why, of items=declined', '')
    .action(async (step: string, items: string[], options: Record<string, string | boolean>, command: Command) => {
      if (items.length > 0) {
        if (options.done === true || options.notDone === true)
          command.error('answer: name items, or say --done or --not-done of the whole step, not both');
        const answers = readPairs(items, 'an item such as login=done or login=declined');
        await say(session, 'answer-items', given({ step, ...options, items: answers }), said);
        return;
      }
      if (options.done !== true && options.notDone !== true)
        command.error('answer: add --done or --not-done, or of a checklist its items, such as login=done');
      const { done, notDone: _, ...rest } = options;
      await say(session, 'answer', given({ step, ...rest, done: done === true }), said);
    });
}

function withConsent(command: Command): Command {
  return command
    .option('--incident <id>', 'the incident it is for')
    .option('--confirm <phrase>', 'the phrase, where nobody sits at the keyboard')
    .option('--code <code>', 'the code of the plan that you have read')
    .option('--accept <check=reason>', 'carry by name what could not be read', collect, [])
    .option('--no-wait', 'do not follow what comes of it');
}

function planArgs(
  { terminal }: Session,
  {
    command,
    inputs,
    options,
    drill,
  }: { command: string; inputs: readonly string[]; options: RunOptions; drill?: true },
): JsonObject {
  return given({
    command,
    drill,
    key: terminal.ids.next('terminal'),
    inputs: readPairs(inputs, 'an input such as tasks=4'),
    mode: options.mode,
    incident: options.incident,
  });
}

function consentOf(session: Session, options: RunOptions): CarryOutOptions {
  const accept = readPairs(options.accept, 'a check and why, such as replica/lag="primary is gone"');
  return { confirm: options.confirm, code: options.code, accept, wait: options.wait, json: session.json() };
}

function consented(answer: JsonObject): string {
  return presentConsent((answer as unknown as { consent: Wire<ConsentView> }).consent);
}
