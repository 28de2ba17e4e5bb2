import type { Home } from '../../domain/home.ts';
import { incidentLabel, isOpen } from '../../domain/incident.ts';
import type { IncidentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, context, type Element, header, sections } from './blocks.ts';
import { clockLine, recoveryLines } from './clock.ts';
import { code, said } from './escape.ts';
import { phaseMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { duration, instant, since } from './times.ts';

/** The pinned message of an incident's channel: where it stands, who commands, and how much time is left. */
export function presentIncidentHeader(view: IncidentView, home: Home, rtoMs: number | null): Words {
  const { incident } = view;
  const title = `${incidentLabel(incident.id)} · ${incident.severity} · ${incident.title}`;
  const lines = headerLines(view, home, rtoMs);
  const blocks: Block[] = [header(title), ...sections(lines), ...actions(headerButtons(view)), ...nextBlocks(view)];
  return message([`*${said(title)}*`, ...lines].join('\n'), blocks, view.simulated);
}

/** Also what `/dr status` says of an incident. */
export function headerLines(view: IncidentView, home: Home, rtoMs: number | null): string[] {
  const { incident, now, timezone } = view;
  const rows = [
    `*${phaseMark[incident.phase]}* · commander *${personName(home, incident.commander)}*`,
    clockLine(view, rtoMs),
    `Impact began ${instant(incident.impactBeganAt, timezone, now)}${isOpen(incident) ? ` · ${since(incident.impactBeganAt, now)}` : ''}`,
    `Services: ${incident.services.map(said).join(', ') || 'none named'}`,
    `Active now: ${activeRegions(view)}`,
  ];
  return [...rows, ...guardLines(view), ...publicLine(view), ...(view.recovery ? recoveryLines(view.recovery) : [])];
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
  };
  return [`Public status page: ${told[view.publicPage.state]}`];
}

function headerButtons(view: IncidentView): Element[] {
  const { incident } = view;
  if (!isOpen(incident)) return [];
  const value = encode({ incidentId: incident.id });
  const busy = view.run !== null && view.run.status !== 'ended';
  const publish = ['none', 'draft'].includes(view.publicPage.state)
    ? [button('Public words…', act.publish, value)]
    : [];
  const resolve = busy ? [] : [button('Resolve…', act.resolve, value, { confirm: resolveQuestion(view) })];
  return [...publish, ...resolve];
}

/** Where people who read nothing else find what to do. */
function nextBlocks(view: IncidentView): Block[] {
  if (!isOpen(view.incident)) return [];
  const next = view.run === null ? 'Nothing recovers it yet. ' : '';
  return [context(`${next}\`/dr help\` lists what you may do here now: plan, recover, steer, inform.`)];
}

function resolveQuestion(view: IncidentView): { title: string; text: string; yes: string } {
  const lasted = duration(view.now.getTime() - view.incident.impactBeganAt.getTime());
  return {
    title: 'Is the impact over?',
    text: `Recovery is measured now and told to everybody. The impact began ${lasted} before this message was written.`,
    yes: 'Resolve',
  };
}
