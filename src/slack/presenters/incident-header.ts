import { sayUntold, untoldOf } from '../../domain/audience.ts';
import type { Home } from '../../domain/home.ts';
import { isIncident, isOpen } from '../../domain/incident.ts';
import type { Run } from '../../domain/run.ts';
import type { IncidentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { acknowledgedLines, promiseLines } from './audiences.ts';
import { actions, type Block, button, context, type Element, header, sections } from './blocks.ts';
import { clockLine, recoveryLines } from './clock.ts';
import { contactsLine } from './contacts.ts';
import { code, said } from './escape.ts';
import { incidentTitle } from './incident-title.ts';
import { outcomeMark, runMark, standingMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { few, personName } from './people.ts';
import { activeWords, allServices, servicesWords } from './services.ts';
import { duration, instant } from './times.ts';

/** The pinned message of an incident's channel: where it stands, who commands, and how much time is left. */
export function presentIncidentHeader(view: IncidentView, home: Home): Words {
  const { incident } = view;
  const title = incidentTitle(incident);
  const lines = [...askedLines(view, home), ...headerLines(view, home)];
  const blocks: Block[] = [
    header(title.plain),
    ...sections(lines),
    ...actions(`incident:${incident.id}`, headerButtons(view)),
    ...nextBlocks(view),
  ];
  return message([`*${title.mrkdwn}*`, ...lines].join('\n'), blocks, view.simulated);
}

/** Also what `/dr status` says of an incident. */
export function headerLines(view: IncidentView, home: Home): string[] {
  const { incident, now, timezone } = view;
  if (!isIncident(incident)) return recordLines(view, home);
  return [
    ...(view.standstill ? ['⛔ *Takes writes: nobody known.* It is fenced, and no promoted database was seen'] : []),
    ...guardLines(view),
    `*${standingMark(incident)}* · commander *${personName(home, incident.commander)}*`,
    ...acknowledgedLines(view, home),
    clockLine(view),
    ...(view.recovery ? recoveryLines(view.recovery) : []),
    `Impact began ${instant(incident.impactBeganAt, timezone, now)}`,
    `Services: ${servicesWords(incident.services, 'none named')}`,
    `Active now: ${activeWords(view)}`,
    ...promiseLines(view),
    ...publicLine(view),
    ...contactsLine(incident, home),
  ];
}

/** Of a drill or of routines: what they are, and that they concern nobody else. */
function recordLines({ incident, now, timezone, run }: IncidentView, home: Home): string[] {
  const what =
    incident.kind === 'drill'
      ? 'It runs on test resources and counts as a test. Nobody outside this channel is told of it, and nobody is called.'
      : 'What is run every so often: backups, checks, reviews. Nobody outside this channel is told of it.';
  const opened = `Opened ${instant(incident.declaredAt, timezone, now)} by ${personName(home, incident.declaredBy)}`;
  const ended = incident.closedAt === null ? [] : [`Closed ${instant(incident.closedAt, timezone, now)}`];
  const last = run === null ? 'Nothing has been run yet' : `Last run: ${said(run.command)}, ${sayRun(run)}`;
  return [
    `*${standingMark(incident)}* · commander *${personName(home, incident.commander)}*`,
    what,
    opened,
    last,
    ...ended,
  ];
}

function sayRun({ status, outcome }: Run): string {
  return status === 'ended' ? outcomeMark[outcome ?? 'failed'] : runMark[status];
}

/** Names of one line. */
const mostNames = 6;

/** Who is asked for what, and since when: until they have answered, nothing goes on. */
function askedLines({ asked, now, timezone }: IncidentView, home: Home): string[] {
  return asked.map(({ what, code: consent, requestedBy, requestedAt, missing, of }) => {
    const names = of.map((person) => personName(home, person));
    const who = names.length > 0 ? few(names, mostNames, 'disjunction') : 'an approver, and there is none yet';
    const number = missing === 1 ? 'one' : String(missing);
    const since = `asked by ${personName(home, requestedBy)} at ${instant(requestedAt, timezone, now)}`;
    return `🔐 *Waits for approval of ${said(what)}* · code ${code(consent)} · ${number} of ${who} · ${since}`;
  });
}

/** Of each Region in one line: an incident may have a guard for every fence of a long run. */
function guardLines(view: IncidentView): string[] {
  const armed = view.guards.filter((guard) => guard.state === 'armed');
  return [...new Set(armed.map(({ region }) => region))].map((region) => {
    const steps = armed.filter((guard) => guard.region === region).map(({ step }) => code(step));
    return `🛡️ *Return guard armed:* ${code(region)} was not fenced by ${few(steps, mostNames)}. It is fenced when it answers again; until then the incident can be resolved, but not closed: closing ends the watch.`;
  });
}

function publicLine(view: IncidentView): string[] {
  const told = {
    none: 'nothing told yet',
    draft: 'a draft waits for a publisher',
    open: 'told',
    resolved: 'told as resolved',
    unpublished: 'nothing was published',
  };
  return [`Public status page: ${told[view.publicPage.state]}`];
}

function headerButtons(view: IncidentView): Element[] {
  const { incident } = view;
  if (!isOpen(incident)) return [];
  const value = encode({ incidentId: incident.id });
  const busy = view.run !== null && view.run.status !== 'ended';
  if (!isIncident(incident)) return incident.kind === 'drill' && !busy ? [button('Close', act.close, value)] : [];
  const acknowledge =
    view.acknowledged === null ? [button('Acknowledge', act.acknowledge, value, { style: 'primary' })] : [];
  const publish = ['none', 'draft'].includes(view.publicPage.state)
    ? [button('Public words…', act.publish, value)]
    : [];
  const resolve = busy ? [] : [button('Resolve…', act.resolve, value, { confirm: resolveQuestion(view) })];
  return [...acknowledge, button('Update…', act.update, value), ...publish, ...resolve];
}

/** Where people who read nothing else find what to do. */
function nextBlocks(view: IncidentView): Block[] {
  if (!isOpen(view.incident)) return [];
  if (!isIncident(view.incident)) return [context('`/dr help` lists what you may do here now.')];
  const next = view.run === null && view.asked.length === 0 ? 'No recovery has begun yet. ' : '';
  const all = allServices(view.incident.services).length > 0 ? ' `/dr status` names all services.' : '';
  return [context(`${next}\`/dr help\` lists what you may do here now: plan, recover, steer, inform.${all}`)];
}

function resolveQuestion(view: IncidentView): { title: string; text: string; yes: string } {
  const lasted = duration(view.now.getTime() - view.incident.impactBeganAt.getTime());
  const unpublished =
    view.publicPage.state === 'draft'
      ? ' Nothing is on the status page yet, and afterwards /dr publish does not open it.'
      : '';
  const untold = sayUntold(untoldOf(view.audiences));
  return {
    title: 'Is the impact over?',
    text: `Recovery is measured now and told to everybody. The impact began ${lasted} before this message was written.${unpublished}${untold === null ? '' : ` ${untold}`}`,
    yes: 'Resolve',
  };
}
