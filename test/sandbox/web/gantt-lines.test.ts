import { describe, expect, it } from '@jest/globals';
import { chart, iso, lineOf, minutes, ran } from './run-told.ts';

describe('the lines of time', () => {
  const states = [ran('replica', 6, null)];

  it('shows an RTO that is far away, beyond a break', () => {
    const gantt = chart({ states }, 7);
    const rto = lineOf(gantt, 'rto');
    expect(rto).toMatchObject({ at: minutes(60), label: 'RTO' });
    expect(gantt.breaks).toHaveLength(1);
    expect(rto?.left).toBeGreaterThan(gantt.breaks[0] ?? 100);
    expect(gantt.ticks.every(({ left }) => left < (gantt.breaks[0] ?? 0))).toBe(true);
  });

  it('calls it missed once it has gone by, in words and not in colour alone', () => {
    const gantt = chart({ states: [ran('replica', 50, null)], run: { startedAt: iso(50) } }, 61);
    expect(lineOf(gantt, 'rto-missed')?.label).toBe('RTO missed');
    expect(lineOf(gantt, 'rto-missed')?.left).toBeLessThan(lineOf(gantt, 'now')?.left ?? 0);
  });

  it('keeps what lies before a break apart', () => {
    const states = [ran('replica', 200, null)];
    const { lines, breaks } = chart({ states, run: { startedAt: iso(200) } }, 201);
    const [impact, rto] = ['impact', 'rto-missed'].map((kind) => lines.find((line) => line.kind === kind));
    expect(impact?.left).toBeLessThan(rto?.left ?? 0);
    expect(rto?.left).toBeLessThan(breaks[0] ?? 0);
    expect(impact?.lane).not.toBe(rto?.lane);
  });

  it('is not missed by time that goes by after people were served', () => {
    const run = { status: 'ended', outcome: 'succeeded', endedAt: iso(20) };
    const gantt = chart({ states: [ran('replica', 6, 20)], run }, 90);
    expect(lineOf(gantt, 'rto')).toBeDefined();
    expect(lineOf(gantt, 'now')).toBeUndefined();
  });

  it('counts minutes from the impact, at few and whole places', () => {
    const { ticks } = chart({ states }, 7);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks.every(({ minutes: count, at }) => at === minutes(count) && Number.isInteger(count))).toBe(true);
  });

  it('keeps labels apart that would touch', () => {
    const { lines } = chart({ states: [ran('replica', 6, 7), ran('fence', 7, 8), ran('promote', 8, null)] }, 8.1);
    const [now, noReturn] = ['now', 'no-return'].map((kind) => lines.find((line) => line.kind === kind));
    expect(now?.lane).not.toBe(noReturn?.lane);
  });
});
