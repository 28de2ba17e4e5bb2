import { describe, expect, it } from '@jest/globals';
import {
  type Audience,
  cadenceMs,
  firstDue,
  isInTime,
  isReached,
  nextDue,
  nudgeLeadMs,
  promiseOf,
  reachOf,
  ruleOf,
} from '../../src/domain/audience.ts';
import { Home } from '../../src/domain/home.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { townHome } from '../support/town.ts';

const minute = 60_000;
const declaredAt = new Date('2026-11-21T12:00:07Z');
const home = Home.parse({
  ...townHome,
  severities: {
    P1: { public_within: '5m', update_every: '30m', update_every_recovering: '2h' },
    P4: { update_every: '1d' },
  },
  channels: { incidents: '#incidents', stakeholders: '#stakeholders' },
  broadcasts: { public: 'holding', customers: 'never' },
});
const incidentOf = (over: Partial<Incident>): Incident => ({
  id: 1,
  kind: 'incident',
  title: 'x',
  severity: 'P1',
  phase: 'investigating',
  services: ['api'],
  scenario: null,
  commander: 'ana',
  declaredBy: 'ana',
  impactBeganAt: declaredAt,
  declaredAt,
  resolvedAt: null,
  closedAt: null,
  channel: null,
  channelName: '',
  ...over,
});
const afterMs = (at: Date | null) => at && at.getTime() - declaredAt.getTime();

describe('what an audience is owed', () => {
  it.each<[Audience, string, number | null]>([
    ['responders', 'P1', 30 * minute],
    ['stakeholders', 'P1', 0],
    ['public', 'P1', 5 * minute],
    ['public', 'P4', 24 * 60 * minute],
    ['customers', 'P1', null],
  ])('first words to %s at %s: after %d ms', (audience, severity, ms) => {
    expect(afterMs(firstDue(home, incidentOf({ severity }), audience))).toBe(ms);
  });

  it('is nothing where nobody is reached', () => {
    const nobody = Home.parse({ ...home, statuspage: undefined, channels: { incidents: '#incidents' } });
    expect(
      (['responders', 'stakeholders', 'customers', 'public'] as const).map((one) => isReached(nobody, one)),
    ).toEqual([true, false, false, false]);
    expect(firstDue(nobody, incidentOf({}), 'public')).toBeNull();
    expect(reachOf(home, 'stakeholders')).toEqual({ channel: '#stakeholders', mail: [], page: null });
  });

  it('follows severity and phase, and half an hour where the severity is unknown', () => {
    expect(cadenceMs(home, { severity: 'P1', phase: 'investigating' })).toBe(30 * minute);
    expect(cadenceMs(home, { severity: 'P1', phase: 'monitoring' })).toBe(120 * minute);
    expect(cadenceMs(home, { severity: 'P9', phase: 'investigating' })).toBe(30 * minute);
  });

  it('is at least a minute from the last, whatever a home says', () => {
    const severity = { update_every: '0m', update_every_recovering: '59s', public_within: '0s', escalate: [] };
    const hasty = { ...home, severities: { P1: severity } };
    expect(cadenceMs(hasty, { severity: 'P1', phase: 'investigating' })).toBe(minute);
    expect(cadenceMs(hasty, { severity: 'P1', phase: 'monitoring' })).toBe(minute);
    expect(afterMs(firstDue(hasty, incidentOf({}), 'public'))).toBe(minute);
  });

  it('goes by nobody’s leave in a security breach, unless it never goes', () => {
    expect(ruleOf(home, { scenario: 'security-breach' }, 'responders')).toBe('approved');
    expect(ruleOf(home, { scenario: 'security-breach' }, 'customers')).toBe('never');
    expect(ruleOf(home, { scenario: 'Security breach' }, 'public')).toBe('approved');
    expect(ruleOf(home, { scenario: 'region-outage' }, 'public')).toBe('holding');
  });
});

describe('a promise', () => {
  it('names the whole minute that is not before what is due', () => {
    expect(promiseOf(new Date('2026-11-21T12:30:00.000Z')).toISOString()).toBe('2026-11-21T12:30:00.000Z');
    expect(promiseOf(new Date('2026-11-21T12:30:00.001Z')).toISOString()).toBe('2026-11-21T12:31:00.000Z');
  });

  it('is kept until the minute that people were told is over', () => {
    const due = new Date('2026-11-21T12:05:07Z');
    expect(isInTime(new Date('2026-11-21T12:06:59.999Z'), due)).toBe(true);
    expect(isInTime(new Date('2026-11-21T12:07:00Z'), due)).toBe(false);
    expect(isInTime(new Date('2026-11-21T12:05:11Z'), new Date('2026-11-21T12:05:00Z'))).toBe(true);
    expect(isInTime(new Date('2026-11-21T12:06:00Z'), new Date('2026-11-21T12:05:00Z'))).toBe(false);
  });

  it('bounds a longer cadence, and a shorter one never falls into the past', () => {
    const toldAt = declaredAt;
    const now = new Date(declaredAt.getTime() + 20 * minute);
    const promised = promiseOf(new Date(declaredAt.getTime() + 30 * minute));
    const next = (cadence: number, by: Date | null = promised) =>
      nextDue({ toldAt, cadenceMs: cadence, promised: by, now });
    expect(next(120 * minute)).toEqual(promised);
    expect(next(10 * minute)).toEqual(now);
    expect(afterMs(next(25 * minute))).toBe(25 * minute);
    expect(afterMs(next(120 * minute, null))).toBe(120 * minute);
  });

  it.each([
    [5 * minute, 100_000],
    [30 * minute, 300_000],
    [24 * 60 * minute, 300_000],
    [0, 0],
  ])('of words due after %d ms is drafted %d ms before', (span, lead) => {
    expect(nudgeLeadMs(span)).toBe(lead);
  });
});
