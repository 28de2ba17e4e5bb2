import { countedFor } from '../../../../src/domain/counted.ts';
import { isIncident } from '../../../../src/domain/incident.ts';
import { purposeOf } from '../../../../src/domain/restored.ts';
import type { Look } from './looks.ts';
import { rowsOf, type TimedRow } from './rows.ts';
import { type Scale, scaleOf } from './scale.ts';
import { scheduleOf } from './schedule.ts';
import type { Shown } from './shown.ts';

/** The chart, laid out: places and widths are percent of its width. */
export interface Gantt {
  rows: GanttRow[];
  lines: Line[];
  /** Counted in minutes since the impact began. */
  ticks: { left: number; minutes: number; at: number }[];
  breaks: number[];
  /** When it is expected to end, in milliseconds since 1970; of a run that is over, when it did. */
  endsAt: number;
}

export interface GanttRow extends Omit<TimedRow, 'spans' | 'ahead'> {
  bars: { left: number; width: number; look: Look }[];
  /** What is still expected. */
  outline: { left: number; width: number } | null;
  /** On which side of the bar its words have room, and how much. */
  beside: { side: 'before' | 'after'; room: number };
}

export interface Line {
  kind: 'impact' | 'now' | 'no-return' | 'rto' | 'rto-missed';
  left: number;
  /** In milliseconds since 1970. */
  at: number;
  label: string;
  /** A label at the rim of the chart stays inside it. */
  edge: 'left' | 'right' | null;
  /** Labels that would touch stand under one another: 0 is the highest. */
  lane: number;
}

export function ganttOf(shown: Shown, now: number): Gantt {
  const { run, plan } = shown;
  const endedAt = run?.run.endedAt == null ? null : Date.parse(run.run.endedAt);
  const goesOn = endedAt !== null ? 'none' : run?.run.status === 'aborting' ? 'always' : 'all';
  const expected = scheduleOf(plan.steps, run?.steps ?? [], { now, goesOn });
  const rows = rowsOf(shown, expected, now);
  const begins = Math.min(
    run === null ? now : Date.parse(run.run.startedAt),
    ...rows.flatMap(({ spans }) => spans.map(({ from }) => from)),
  );
  const ends = rows.flatMap(({ spans, ahead }) => [...spans.map(({ to }) => to), ...(ahead ? [ahead.to] : [])]);
  const endsAt = endedAt ?? Math.max(now, ...ends);
  const lines = linesOf(shown, rows, { now, over: endedAt });
  const origin = impactOf(shown);
  const scale = scaleOf({ from: begins, to: Math.max(endsAt, ...ends), marks: lines.map(({ at }) => at), origin });
  return {
    rows: rows.map((row) => placed(row, scale)),
    lines: inLanes(lines.map((line) => ({ ...line, left: scale.at(line.at) }))),
    ticks: scale.ticks.map((at) => ({ left: scale.at(at), minutes: (at - origin) / 60_000, at })),
    breaks: scale.breaks,
    endsAt,
  };
}

/** When the RTO runs out, and whether it was missed; null without an objective, and of a drill, a routine or an undo. */
export function rtoOf(shown: Shown, now: number): { at: number; missed: boolean } | null {
  const { rtoMs } = countedFor(shown.plan);
  if (rtoMs === null || !hasImpact(shown) || purposeOf(shown.plan) !== 'recovery') return null;
  if (shown.plan.purpose === 'undo') return null;
  const at = impactOf(shown) + rtoMs;
  const { recovery } = shown.news.incident;
  // Resolved without having seen health: it is not known to be missed, and not shown to be met.
  if (recovery !== null) return { at, missed: recovery.rtoMs !== null && recovery.rtoMs > rtoMs };
  const { endedAt = null, outcome = null } = shown.run?.run ?? {};
  const served = endedAt !== null && (outcome === 'succeeded' || outcome === 'succeeded-with-exceptions');
  return { at, missed: (served ? Date.parse(endedAt) : now) > at };
}

/** A drill and a routine are about no impact: they are counted from when their record was opened. */
export function hasImpact({ news }: Pick<Shown, 'news'>): boolean {
  return isIncident(news.incident.incident);
}

export function impactOf({ news }: Pick<Shown, 'news'>): number {
  return Date.parse(news.incident.incident.impactBeganAt);
}

function linesOf(
  shown: Shown,
  rows: readonly TimedRow[],
  { now, over }: { now: number; over: number | null },
): Omit<Line, 'left' | 'edge' | 'lane'>[] {
  const rto = rtoOf(shown, now);
  const turn = rows.find(({ noReturn }) => noReturn);
  const noReturn = turn?.spans[0]?.from ?? turn?.ahead?.from;
  return [
    ...(hasImpact(shown) ? [{ kind: 'impact' as const, at: impactOf(shown), label: 'impact' }] : []),
    ...(noReturn === undefined ? [] : [{ kind: 'no-return' as const, at: noReturn, label: 'no return' }]),
    ...(rto === null
      ? []
      : [
          rto.missed
            ? { kind: 'rto-missed' as const, at: rto.at, label: 'RTO missed' }
            : { kind: 'rto' as const, at: rto.at, label: 'RTO' },
        ]),
    ...(over === null ? [{ kind: 'now' as const, at: now, label: 'now' }] : []),
  ];
}

function placed({ spans, ahead, ...row }: TimedRow, scale: Scale): GanttRow {
  const place = ({ from, to }: { from: number; to: number }) => {
    const left = scale.at(from);
    return { left, width: Math.round((scale.at(to) - left) * 100) / 100 };
  };
  const bars = spans.map((span) => ({ ...place(span), look: span.look }));
  const outline = ahead === null ? null : place(ahead);
  const all = [...bars, ...(outline ? [outline] : [])];
  const left = Math.min(...all.map((one) => one.left), all.length === 0 ? 0 : 100);
  const right = Math.max(0, ...all.map((one) => one.left + one.width));
  const after = 100 - right;
  const isAfter = after >= row.says.length * letter || after >= left;
  return {
    ...row,
    bars,
    outline,
    beside: { side: isAfter ? 'after' : 'before', room: Math.round((isAfter ? after : left) * 100) / 100 },
  };
}

/** Percent of the width that a letter of a label is reckoned with, in a narrow chart. */
const letter = 2.9;
/** Nearer to the end than this, in percent. */
const rim = 7;

function inLanes(lines: readonly Omit<Line, 'edge' | 'lane'>[]): Line[] {
  const ends: number[] = [];
  return [...lines]
    .sort((a, b) => a.left - b.left)
    .map((line) => {
      const edge = line.left < rim ? 'left' : line.left > 100 - rim ? 'right' : null;
      const width = (line.label.length + 1) * letter;
      const begin = line.left - (edge === 'left' ? 0 : edge === 'right' ? width : width / 2);
      const lane = [...ends, Number.NEGATIVE_INFINITY].findIndex((end) => end <= begin);
      ends[lane] = begin + width;
      return { ...line, edge, lane };
    });
}
