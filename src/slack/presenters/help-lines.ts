import type { Command } from '../../domain/command.ts';
import type { Word } from '../../domain/person.ts';

/** One thing that may be said after `/dr`, and what it does. */
export interface Line {
  word: Word;
  usage: string;
  does: string;
}

/** What is told of a command. */
type Offered = Pick<Command, 'name' | 'title' | 'purpose' | 'inputs' | 'modes'>;

/** What is always said the same way. */
export const lines = {
  help: { word: 'look', usage: 'help', does: 'what you may do here now' },
  declare: { word: 'declare', usage: 'declare', does: 'declare an incident' },
  status: { word: 'look', usage: 'status', does: 'where it stands' },
  list: { word: 'look', usage: 'list', does: 'all incidents, drills and routines' },
  schedules: { word: 'look', usage: 'schedules', does: 'what is run when, and what was missed' },
  contacts: { word: 'look', usage: 'contacts', does: 'vendors and people outside, and how to reach them' },
  undo: { word: 'undo', usage: 'undo', does: 'put back what it changed' },
  abort: { word: 'abort', usage: 'abort [REASON]', does: 'start nothing more' },
  answer: { word: 'answer', usage: 'answer STEP done|failed [NOTE]', does: 'answer a checkpoint' },
  answerItems: {
    word: 'answer',
    usage: 'answer STEP ITEM=done|declined [REASON]',
    does: 'answer items of a checklist',
  },
  pause: { word: 'pause', usage: 'pause [REASON]', does: 'start no further step' },
  resume: { word: 'resume', usage: 'resume', does: 'go on' },
  retry: { word: 'retry', usage: 'retry STEP', does: 'try a step again' },
  skip: { word: 'skip', usage: 'skip STEP REASON', does: 'leave a step out, or defer a fence' },
  resolve: { word: 'resolve', usage: 'resolve', does: 'the impact is over: measure recovery' },
  close: { word: 'close', usage: 'close', does: 'close it' },
  publish: { word: 'publish', usage: 'publish', does: 'read and publish the public words' },
  assign: { word: 'assign', usage: 'assign ROLE @user', does: 'grant a role here' },
  ack: { word: 'ack', usage: 'ack', does: 'say that you have it: nobody else is called' },
  snooze: { word: 'snooze', usage: 'snooze [10m]', does: 'hold back once what is due next' },
  severity: { word: 'severity', usage: 'severity P2', does: 'change how bad it is' },
  update: { word: 'update', usage: 'update', does: 'tell responders, stakeholders, customers or the public' },
  note: { word: 'note', usage: 'timeline TEXT', does: 'write in the timeline' },
  timeline: { word: 'look', usage: 'timeline', does: 'what happened, in order' },
  report: {
    word: 'look',
    usage: 'report',
    does: 'the post-mortem, or the record of a drill, as it would be now; and what is to be reviewed',
  },
} as const satisfies Record<string, Line>;

/** What is said of a request or a command by its name. */
export const linesOf = {
  approve: (code: string, title: string): Line => ({
    word: 'approve',
    usage: `approve ${code}`,
    does: `approve ${title}`,
  }),
  breakGlass: (code: string): Line => ({
    word: 'break-glass',
    usage: `break-glass ${code} REASON`,
    does: 'go on without the approvers, when none can be reached',
  }),
  command: ({ name, purpose, inputs, modes, title }: Offered): Line => ({
    word: 'run',
    usage: [
      ...(purpose === 'drill' ? ['drill'] : []),
      name,
      ...Object.keys(inputs).map((input) => `[${input}=…]`),
      ...(modes.length > 1 ? [`[mode=${modes.join('|')}]`] : []),
    ].join(' '),
    does: title,
  }),
  plan: (commands: readonly Pick<Command, 'name'>[]): Line => ({
    word: 'run',
    usage: `plan ${onlyName(commands)}`,
    does: 'show what it would do, and ask nothing',
  }),
  rehearse: (commands: readonly Pick<Command, 'name'>[]): Line => ({
    word: 'rehearse',
    usage: `rehearse ${onlyName(commands)} [dark]`,
    does: 'carry it out on a simulated cloud, and touch nothing real',
  }),
};

function onlyName([only, ...more]: readonly Pick<Command, 'name'>[]): string {
  return only !== undefined && more.length === 0 ? only.name : 'NAME';
}

/** All that may be said at some time, whoever says it. */
export function everyLine(commands: readonly Offered[]): Line[] {
  const named =
    commands.length === 0 ? [] : [...commands.map(linesOf.command), linesOf.plan(commands), linesOf.rehearse(commands)];
  const asked = [linesOf.approve('CODE', 'what was asked for'), linesOf.breakGlass('CODE')];
  return [lines.declare, ...named, ...asked, ...Object.values<Line>(lines).filter((line) => line !== lines.declare)];
}
