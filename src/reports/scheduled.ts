import type { Occurrence } from '../domain/schedule.ts';
import { plain, section, table } from './post-mortem/markdown.ts';
import type { IncidentRecord } from './post-mortem/record.ts';
import { count, utc } from './post-mortem/say.ts';

/** What was due in the month, and what became of it; what was missed is counted first. */
export function writeScheduled({ scheduled }: Pick<IncidentRecord, 'scheduled'>): string[] {
  if (scheduled.length === 0) return [];
  const missed = scheduled.filter(({ state }) => state === 'missed').length;
  const sum = `Of ${count(scheduled.length, 'time')} that something was due, ${missed === 0 ? 'none was missed' : `**${missed} ${missed === 1 ? 'was' : 'were'} missed**`}.`;
  const rows = scheduled.map((one) => [plain(one.schedule), utc(one.dueAt), becameOf(one), plain(whyOf(one))]);
  return section('What was scheduled', [sum], table(['Schedule', 'Due (UTC)', 'Became', 'How or why'], rows));
}

function becameOf({ state, outcome }: Occurrence): string {
  if (state === 'missed') return '**missed**';
  return state === 'done' ? (outcome ?? '**unknown**') : state;
}

function whyOf({ state, runId, endedBy, why }: Occurrence): string {
  if (state === 'declined') return `${endedBy ?? 'somebody'}: ${why ?? ''}`;
  return runId ?? why ?? '';
}
