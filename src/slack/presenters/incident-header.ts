import type { Home } from '../../domain/home.ts';
import { incidentLabel, isOpen } from '../../domain/incident.ts';
import type { IncidentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { acknowledgedLines, promiseLines } from './audiences.ts';
import { actions, type Block, button, context, type Element, header, sections } from './blocks.ts';
import { clockLine, recoveryLines } from './clock.ts';
import { code, said } from './escape.ts';
import { phaseMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { joined, personName } from './people.ts';
import { duration, instant } from './times.ts';

/** The pinned message of an incident's channel: where it stands, who commands, and how much time is left. */
export function presentIncidentHeader(view: IncidentView, home: Home, rtoMs: number | null): Words {
  const { incident } = view;
  const title = `${incidentLabel(incident.id)} · ${incident.severity} · ${incident.title}`;
  const lines = [...askedLines(view, home), ...headerLines(view, home, rtoMs)];
  const blocks: Block[] = [
    header(title),
    ...sections(lines),
    ...actions(`incident:${incident.id}`, headerButtons(view)),
    ...nextBlocks(view),
  ];
  return message([`*${said(title)}*`, ...lines].join('\n'), blocks, view.simulated);
}

/** Also what `/dr status` says of an incident. */
export function headerLines(view: IncidentView, home: Home, rtoMs: number | null): string[] {
  const { incident, now, timezone } = view;
  const rows = [
    `*${phaseMark[incident.phase]}* · commander *${personName(home, incident.commander)}*`,
    clockLine(view, rtoMs),
    `Impact began ${instant(incident.impactBeganAt, timezone, now)}`,
    `Services: ${incident.services.map(said).join(', ') || 'none named'}`,
    `Active now: ${activeRegions(view)}`,
    ...(view.standstill ? ['⛔ *Takes writes: nobody known.* It is fenced, and no promoted database was seen'] : []),
  ];
  return [
    ...rows,
    ...acknowledgedLines(view, home),
    ...guardLines(view),
    ...promiseLines(view),
    ...publicLine(view),
    ...(view.recovery ? recoveryLines(view.recovery) : []),
  ];
}

/** Names of one line. */
const mostNames = 6;

/** Who is asked for what, and since when: until they have answered, nothing goes on. */
function askedLines({ asked, now, timezone }: IncidentView, home: Home): string[] {
  return asked.map(({ what, code: consent, requestedBy, requestedAt, missing, of }) => {
    const names = of.slice(0, mostNames).map((person) => personName(home, person));
    const more = of.length > names.length ? [`${of.length - names.length} more`] : [];
    const who = names.length > 0 ? joined([...names, ...more], 'disjunction') : 'an approver, and there is none yet';
    const number = missing === 1 ? 'one' : String(missing);
    const since = `asked by ${personName(home, requestedBy)} at ${instant(requestedAt, timezone, now)}`;
    return `🔐 *Waits for approval of ${said(what)}* · code ${code(consent)} · ${number} of ${who} · ${since}`;
  });
}

function activeRegions(view: IncidentView): string {
  if (view.active.length === 0) return 'no Region is recorded';
  const regions = [...new Set(view.active.map((each) => each.region))];
  return regions.map((region) => `${code(region)} (${servicesIn(view, region)})`).join(' · ');
}

function servicesIn(view: IncidentView, region: string): string {
  return view.active
    .filter((each) => each.region === region)
    .map((each) => said(each.service))
    .join(', ');
}

function guardLines(view: IncidentView): string[] {
  return view.guards
    .filter((guard) => guard.state === 'armed')
    .map(
      (guard) =>
        `🛡️ *Return guard armed:* ${code(guard.region)} was not fenced by ${code(guard.step)}. It is fenced when it answers again; until then the incident cannot close.`,
    );
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
  const next = view.run === null && view.asked.length === 0 ? 'Nothing recovers it yet. ' : '';
  return [context(`${next}\`/dr help\` lists what you may do here now: plan, recover, steer, inform.`)];
}

function resolveQuestion(view: IncidentView): { title: string; text: string; yes: string } {
  const lasted = duration(view.now.getTime() - view.incident.impactBeganAt.getTime());
  const unpublished =
    view.publicPage.state === 'draft'
      ? ' Nothing is on the status page yet, and afterwards /dr publish does not open it.'
      : '';
  return {
    title: 'Is the impact over?',
    text: `Recovery is measured now and told to everybody. The impact began ${lasted} before this message was written.${unpublished}`,
    yes: 'Resolve',
  };
}
