import type { Command } from '../../domain/command.ts';
import type { Role } from '../../domain/home.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import { may, type Word, whoMay } from '../../domain/person.ts';
import type { ConsentView, RunView } from '../../domain/views.ts';
import { context, header, sections } from './blocks.ts';
import { code, isolate, said } from './escape.ts';
import { message, type Words } from './message.ts';
import { joined } from './people.ts';

export interface Standing {
  commands: readonly Command[];
  /** The incident that words said here are about. */
  incident: Incident | null;
  run: RunView | null;
  consents: readonly ConsentView[];
  /** As granted in muster.yml; a commander may have granted more in an incident. */
  roles: ReadonlySet<Role>;
  simulated: boolean;
}

interface Line {
  word: Word;
  usage: string;
  does: string;
}

/** What may be done here now; what this person may do comes first. */
export function presentHelp(standing: Standing): Words {
  const { incident } = standing;
  const here = incident ? `${incidentLabel(incident.id)} · ` : 'No incident here';
  const what = incident?.title ?? '';
  const now = possible(standing);
  const mine = now.filter(({ word }) => may(standing.roles, word)).map(usageLine);
  const others = now
    .filter(({ word }) => !may(standing.roles, word))
    .map((line) => `${usageLine(line)} _(${whoMay(line.word)})_`);
  const lines = [
    ...(mine.length > 0 ? ['*You may now*', ...mine] : ['You hold no role by which you could do something here now.']),
    ...(others.length > 0 ? ['*Others may*', ...others] : []),
  ];
  const held =
    standing.roles.size > 0
      ? `Your roles in muster.yml: ${joined([...standing.roles])}.`
      : 'You hold no role in muster.yml.';
  const note = `${held} A commander may have granted you more in an incident.`;
  return message(
    [`*/dr · ${here}${said(what)}*`, ...lines, note].join('\n'),
    [header(`/dr · ${here}${isolate(what)}`), ...sections(lines), context(note)],
    standing.simulated,
    '`muster --help` in a terminal has every word',
  );
}

function possible(standing: Standing): Line[] {
  const always: Line[] = [
    { word: 'declare', usage: 'declare', does: 'declare an incident' },
    { word: 'look', usage: 'status', does: 'where it stands' },
    { word: 'look', usage: 'list', does: 'all incidents' },
  ];
  const first = [...waiting(standing), ...steering(standing), ...running(standing), ...leading(standing)];
  return [...first, ...always, ...lastResort(standing)];
}

function waiting({ consents }: Standing): Line[] {
  return consents.map(({ code: consent, plan }) => ({
    word: 'approve',
    usage: `approve ${consent}`,
    does: `approve ${plan.title}`,
  }));
}

/** Not what anybody is to do first. */
function lastResort({ consents }: Standing): Line[] {
  return consents.map(({ code: consent }) => ({
    word: 'break-glass',
    usage: `break-glass ${consent} REASON`,
    does: 'go on without the approvers, when none can be reached',
  }));
}

function steering({ run }: Standing): Line[] {
  if (run === null) return [];
  const undo: Line[] = run.undoable ? [{ word: 'undo', usage: 'undo', does: 'put back what it changed' }] : [];
  const abort: Line = { word: 'abort', usage: 'abort [REASON]', does: 'start nothing more' };
  const answer: Line[] = run.plan.steps.some((step) => step.kind === 'human')
    ? [{ word: 'answer', usage: 'answer STEP done|failed [NOTE]', does: 'answer a checkpoint' }]
    : [];
  if (run.run.status === 'running')
    return [{ word: 'pause', usage: 'pause [REASON]', does: 'start no further step' }, abort, ...answer];
  if (run.run.status !== 'paused') return undo;
  return [
    { word: 'resume', usage: 'resume', does: 'go on' },
    { word: 'retry', usage: 'retry STEP', does: 'try a step again' },
    { word: 'skip', usage: 'skip STEP REASON', does: 'leave a step out, or defer a fence' },
    abort,
    ...answer,
  ];
}

function running({ commands, run, incident }: Standing): Line[] {
  if (incident !== null && !isOpen(incident)) return [];
  if (run !== null && run.run.status !== 'ended') return [];
  const each = commands.map(
    (command): Line => ({
      word: 'run',
      usage: [command.name, ...Object.keys(command.inputs).map((input) => `[${input}=…]`)].join(' '),
      does: command.title,
    }),
  );
  const [only, ...more] = commands;
  const named = only !== undefined && more.length === 0 ? only.name : 'NAME';
  const plan: Line = { word: 'run', usage: `plan ${named}`, does: 'show what it would do, and ask nothing' };
  return only === undefined ? [] : [...each, plan];
}

function leading({ incident, run }: Standing): Line[] {
  if (incident === null) return [];
  const busy = !isOpen(incident) || (run !== null && run.run.status !== 'ended');
  return [
    ...telling(incident),
    ...(busy ? [] : [{ word: 'resolve', usage: 'resolve', does: 'the impact is over: measure recovery' } as const]),
    ...(incident.phase === 'resolved' ? [{ word: 'close', usage: 'close', does: 'close the incident' } as const] : []),
    ...(isOpen(incident)
      ? [{ word: 'publish', usage: 'publish', does: 'read and publish the public words' } as const]
      : []),
    { word: 'assign', usage: 'assign ROLE @user', does: 'grant a role in this incident' },
  ];
}

/** What is told while it goes on, and what is written down until it is closed. */
function telling(incident: Incident): Line[] {
  const open: Line[] = [
    { word: 'ack', usage: 'ack', does: 'say that you have it: nobody else is called' },
    { word: 'snooze', usage: 'snooze [10m]', does: 'hold back once what is due next' },
    { word: 'severity', usage: 'severity P2', does: 'change how bad it is' },
  ];
  const write: Line[] = [
    { word: 'update', usage: 'update', does: 'tell responders, stakeholders, customers or the public' },
    { word: 'note', usage: 'timeline TEXT', does: 'write in the timeline' },
  ];
  const read: Line[] = [
    { word: 'look', usage: 'timeline', does: 'what happened, in order' },
    { word: 'look', usage: 'report', does: 'the post-mortem as it would be now, and what is to be reviewed' },
  ];
  return [...(isOpen(incident) ? open : []), ...(incident.phase === 'closed' ? [] : write), ...read];
}

function usageLine(line: Line): string {
  return `• ${code(`/dr ${line.usage}`)} ${said(line.does)}`;
}
