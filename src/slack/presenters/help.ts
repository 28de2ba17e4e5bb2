import { isChecklist } from '../../domain/checklist.ts';
import type { Command, Purpose } from '../../domain/command.ts';
import type { Role } from '../../domain/home.ts';
import { type Incident, incidentLabel, isIncident, isOpen } from '../../domain/incident.ts';
import { may, whoMay } from '../../domain/person.ts';
import type { ConsentView, RunView } from '../../domain/views.ts';
import { context, header, sections } from './blocks.ts';
import { code, isolate, said } from './escape.ts';
import { type Line, lines, linesOf } from './help-lines.ts';
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
  /** Whether anything is scheduled. */
  scheduled?: boolean;
  simulated: boolean;
}

/** What may be done here now; what this person may do comes first. */
export function presentHelp(standing: Standing): Words {
  const { incident } = standing;
  const here = incident ? `${incidentLabel(incident)} · ` : 'No incident here';
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
  const first = [...waiting(standing), ...steering(standing), ...running(standing), ...leading(standing)];
  return [
    ...first,
    lines.declare,
    lines.status,
    lines.list,
    ...(standing.scheduled ? [lines.schedules] : []),
    lines.contacts,
    ...lastResort(standing),
  ];
}

function waiting({ consents }: Standing): Line[] {
  return consents.map(({ code: consent, plan }) => linesOf.approve(consent, plan.title));
}

/** Not what anybody is to do first. */
function lastResort({ consents }: Standing): Line[] {
  return consents.map(({ code: consent }) => linesOf.breakGlass(consent));
}

function steering({ run }: Standing): Line[] {
  if (run === null) return [];
  const undo = run.undoable ? [lines.undo] : [];
  const answer = [
    ...(run.plan.steps.some((step) => step.kind === 'human' && !isChecklist(step)) ? [lines.answer] : []),
    ...(run.plan.steps.some(isChecklist) ? [lines.answerItems] : []),
  ];
  if (run.run.status === 'running') return [lines.pause, lines.abort, ...answer];
  if (run.run.status !== 'paused') return undo;
  return [lines.resume, lines.retry, lines.skip, lines.abort, ...answer];
}

function running({ commands, run, incident }: Standing): Line[] {
  if (incident !== null && !isOpen(incident)) return [];
  if (run !== null && run.run.status !== 'ended') return [];
  const here = commands.filter(({ purpose }) => isFor(purpose, incident));
  if (here.length === 0) return [];
  return [...here.map(linesOf.command), linesOf.plan(here), linesOf.rehearse(here)];
}

/** What is real has its place in an incident, with routines; a drill has one of its own. */
function isFor(purpose: Purpose, incident: Incident | null): boolean {
  if (incident === null) return true;
  return isIncident(incident) ? purpose !== 'drill' : purpose === incident.kind;
}

function leading({ incident, run }: Standing): Line[] {
  if (incident === null) return [];
  const busy = !isOpen(incident) || (run !== null && run.run.status !== 'ended');
  if (!isIncident(incident)) {
    const close = incident.kind === 'drill' && !busy ? [lines.close] : [];
    return [...(isOpen(incident) ? [lines.note] : []), lines.timeline, lines.report, ...close, lines.assign];
  }
  return [
    ...telling(incident),
    ...(busy ? [] : [lines.resolve]),
    ...(incident.phase === 'resolved' ? [lines.close] : []),
    ...(isOpen(incident) ? [lines.publish] : []),
    lines.assign,
  ];
}

/** What is told while it goes on, and what is written down until it is closed. */
function telling(incident: Incident): Line[] {
  const open = [lines.ack, lines.snooze, lines.severity];
  const write = [lines.update, lines.note];
  return [
    ...(isOpen(incident) ? open : []),
    ...(incident.phase === 'closed' ? [] : write),
    lines.timeline,
    lines.report,
  ];
}

function usageLine(line: Line): string {
  return `• ${code(`/dr ${line.usage}`)} ${said(line.does)}`;
}
