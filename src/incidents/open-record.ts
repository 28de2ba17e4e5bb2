import { readInputs, readMode } from '../commands/inputs.ts';
import type { Command } from '../domain/command.ts';
import { Refusal } from '../domain/errors.ts';
import { type Incident, incidentLabel, isOpen } from '../domain/incident.ts';
import { advice } from '../domain/nearest.ts';
import type { Person } from '../domain/person.ts';
import type { Tx } from '../domain/ports/store.ts';
import { incidentByRequest, readIncident, unusedRecord } from '../store/incidents.ts';
import { channelName } from './channel-name.ts';
import type { IncidentsDeps } from './deps.ts';
import type { OpenRecordAsk } from './incidents.ts';
import { type Membership, readMembership, refuseUnlessIn } from './members.ts';
import { renewMembers } from './renew-members.ts';
import { monthOf } from './routine-month.ts';
import { type NewRecord, writeRecord } from './write-record.ts';

/**
 * The record that a drill or a routine is planned in: that of the place where it was asked for, where it belongs there;
 * else a drill's own, or the month's. The same request finds the same record. Throws `Refusal`.
 */
export async function openRecord(deps: IncidentsDeps, ask: OpenRecordAsk, by: Person): Promise<Incident> {
  const command = checkAsk(deps, ask);
  const membership = await readMembership(deps.home, deps.groups);
  return deps.store.tx(async (tx) => {
    const here = ask.here === undefined ? null : await readIncident(tx, ask.here);
    if (here && isOpen(here) && belongsIn(command, here)) return here;
    if (by.door !== 'muster') refuseUnlessIn(membership, 'run', by);
    const record = recordOf(deps, command, ask.requestKey);
    const known = await findRecord(tx, record);
    if (!known) return writeRecord(deps, tx, { record, membership, by });
    return known.kind === 'routine' ? keepMembers(deps, tx, known, membership) : known;
  });
}

function checkAsk({ commands }: IncidentsDeps, { command: name, inputs, mode }: OpenRecordAsk): Command {
  const command = commands.find((known) => known.name === name);
  if (!command) {
    const names = commands.map((known) => known.name);
    throw new Refusal(`There is no command ${name}: ${advice(name, names)}`, 'command');
  }
  if (command.purpose === 'recovery') {
    throw new Refusal(
      `${name} acts on the real thing, so it is no drill: rehearse it with /dr rehearse ${name}, or write a command of ` +
        'test resources with `purpose: drill`. Nothing has been done.',
      'command',
    );
  }
  if (inputs !== undefined) readInputs(command, inputs);
  readMode(command, mode);
  return command;
}

/** A routine belongs in any incident; a drill in a drill's record of the same command. */
function belongsIn(command: Command, here: Incident): boolean {
  if (command.purpose === 'routine') return here.kind === 'incident';
  return here.kind === 'drill' && here.title === drillTitle(command);
}

function recordOf({ home, clock }: IncidentsDeps, command: Command, requestKey: string): NewRecord {
  if (command.purpose === 'drill') {
    const channel = (id: number): string => channelName(`drill-${id}`, command.name);
    return { kind: 'drill', title: drillTitle(command), requestKey, channel };
  }
  const month = monthOf(clock.now(), home.timezone);
  const channel = (): string => `routines-${month.number}`;
  return { kind: 'routine', title: `Routines of ${month.name}`, requestKey: `routines:${month.number}`, channel };
}

function drillTitle({ title }: Command): string {
  return `Drill: ${title}`;
}

/** A drill that was looked at and never asked for is taken up by whoever asks for it next. */
async function findRecord(tx: Tx, { kind, title, requestKey }: NewRecord): Promise<Incident | null> {
  const known = await incidentByRequest(tx, requestKey);
  if (known && !isOpen(known)) {
    throw new Refusal(`${incidentLabel(known)} is closed: nothing more is run in it. Ask for it again.`);
  }
  return known ?? (kind === 'drill' ? unusedRecord(tx, title, requestKey) : null);
}

async function keepMembers(deps: IncidentsDeps, tx: Tx, known: Incident, membership: Membership): Promise<Incident> {
  await renewMembers(deps, tx, known, membership);
  const { unread } = membership;
  if (unread.length > 0) await tx.tell({ kind: 'GroupsUnread', incidentId: known.id, groups: unread });
  return known;
}
