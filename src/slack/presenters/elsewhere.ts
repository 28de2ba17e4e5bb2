import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { section } from './blocks.ts';
import { code, saidLines } from './escape.ts';
import { message, type Words } from './message.ts';

const names: Record<Incident['kind'], string> = {
  incident: 'in an incident',
  drill: 'as a drill, in a channel of its own',
  routine: "with the month's routines",
};

/** Where a run goes on that was not asked for there, with a link once there is a channel. */
export function goesOnIn(record: Incident): string {
  const where =
    record.channel === null ? `its channel ${code(record.channelName)}, which is being opened` : `<#${record.channel}>`;
  return `➡️ It goes on ${names[record.kind]}: *${incidentLabel(record)}*, ${where}.`;
}

/** What came of a request, for whoever made it somewhere else. */
export function presentElsewhere(sentence: string, record: Incident, simulated: boolean): Words {
  const lines = [saidLines(sentence), goesOnIn(record)];
  return message(lines.join('\n'), [section(lines.join('\n'))], simulated);
}
