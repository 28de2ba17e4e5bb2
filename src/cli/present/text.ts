import prettyMs from 'pretty-ms';
import type { Json, JsonObject } from '../../domain/json.ts';
import { sayHomeClock } from '../../domain/say-instant.ts';

/** Rows with their columns lined up, two spaces apart; the last column is not padded. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** `8m 40s`: at most two units. */
export function duration(ms: number): string {
  return prettyMs(Math.max(0, ms), { secondsDecimalDigits: 0, unitCount: 2 });
}

/** `15:05:09 CET (14:05 UTC)`; `14:05:09 UTC` where that is the system's own. */
export function clockTime(iso: string, timezone: string): string {
  const at = new Date(iso);
  const home = sayHomeClock(at, timezone, 'seconds');
  return timezone === 'UTC' ? home : `${home} (${sayHomeClock(at, 'UTC')})`;
}

export function value(json: Json | undefined): string {
  if (json === undefined) return '(nothing)';
  return typeof json === 'string' ? json : JSON.stringify(json);
}

/** `count 2 → 10, minimum 1 → 4`: only what differs; what `after` says nothing of stays as it is. */
export function difference(before: JsonObject, after: JsonObject): string {
  const changed = Object.keys(after).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return changed.map((field) => `${field} ${value(before[field])} → ${value(after[field])}`).join(', ');
}

/** Text that others typed, without what a terminal would obey; line ends and tabs stay. */
export function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|\p{Cf}/gu, '');
}

/** JSON on one line, exact and harmless: what `harmless` would drop is written as an escape. */
export function jsonLine(data: unknown): string {
  return (JSON.stringify(data) ?? 'null').replace(/[\p{Cc}\p{Cf}]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
