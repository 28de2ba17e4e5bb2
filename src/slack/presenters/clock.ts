import { isOpen, type Recovery } from '../../domain/incident.ts';
import type { IncidentView } from '../../domain/views.ts';
import { said } from './escape.ts';
import { duration, instant, remaining } from './times.ts';

/** How much of the RTO is left, and when it runs out. */
export function clockLine(view: IncidentView): string {
  const { incident, now, timezone, rto } = view;
  const until = incident.resolvedAt ?? now;
  const away = until.getTime() - incident.impactBeganAt.getTime();
  if (!isOpen(incident)) return `⏱️ Resolved ${duration(away)} after the impact began`;
  const elapsed = `⏱️ *${duration(away)}* since the impact began, at ${instant(now, timezone, now)}`;
  if (rto === null) return `${elapsed} · no RTO is set`;
  const ends = new Date(incident.impactBeganAt.getTime() + rto.ms);
  const left = ends.getTime() - now.getTime();
  const over = left < 0 ? '🔴 *RTO missed*' : 'RTO';
  return `${elapsed} · ${over} ${duration(rto.ms)} of ${said(rto.of)}: *${remaining(left)}*, ${left < 0 ? 'ended' : 'ends'} ${instant(ends, timezone, now)}`;
}

/** Recovery as measured, each beside its objective; what was not observed is said to be so. */
export function recoveryLines(recovery: Recovery): string[] {
  return [
    measured('RTO', recovery.rtoMs, recovery.rtoObjectiveMs, recovery.rtoExplain),
    measured('RPO', recovery.rpoMs, recovery.rpoObjectiveMs, recovery.rpoExplain),
  ];
}

function measured(name: string, ms: number | null, objective: number | null, explain: string): string {
  const of = objective === null ? 'no objective is set' : `objective ${duration(objective)}`;
  if (ms === null) return `❓ *${name} not observed* (${of}): ${said(explain)}`;
  const verdict = objective === null ? '📏' : ms <= objective ? '✅ met:' : '❌ missed:';
  return `${verdict} *${name} ${duration(ms)}* (${of}): ${said(explain)}`;
}
