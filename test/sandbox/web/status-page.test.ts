import { describe, expect, it } from '@jest/globals';
import { bannerOf, sayTold, wordOf } from '../../../sandbox/web/src/public/banner.ts';
import type { PublicIncident } from '../../../sandbox/web/src/public/page.ts';

function components(...statuses: string[]) {
  return statuses.map((status, at) => ({ id: `c${at}`, name: `part ${at}`, status }));
}

function incident(status: string, impact: string): PublicIncident {
  const at = '2026-03-01T12:00:00.000Z';
  return {
    id: 'i1',
    page_id: 'p1',
    name: 'Checkout fails',
    status,
    impact,
    impact_override: null,
    created_at: at,
    updated_at: at,
    monitoring_at: null,
    resolved_at: null,
    shortlink: 'https://stspg.io/i1',
    components: [],
    incident_updates: [],
  };
}

describe('the banner of the status page', () => {
  it.each([
    [['operational', 'operational'], 'operational', 'All systems operational'],
    [['operational', 'under_maintenance'], 'maintenance', 'Service under maintenance'],
    [['degraded_performance', 'under_maintenance'], 'minor', 'Partially degraded service'],
    [['operational', 'partial_outage'], 'major', 'Partial system outage'],
    [['degraded_performance', 'major_outage'], 'critical', 'Major system outage'],
  ])('is as bad as the worst component: %j', (statuses, level, text) => {
    expect(bannerOf({ components: components(...statuses), incidents: [] })).toEqual({ level, text });
  });

  it('is as bad as an open incident, and forgets one that is over', () => {
    const page = { components: components('operational') };
    expect(bannerOf({ ...page, incidents: [incident('identified', 'critical')] }).level).toBe('critical');
    expect(bannerOf({ ...page, incidents: [incident('resolved', 'critical')] }).level).toBe('operational');
  });

  it('does not say that all is well while an incident is open', () => {
    const banner = bannerOf({ components: components('operational'), incidents: [incident('investigating', 'none')] });
    expect(banner.text).not.toMatch(/operational/);
    expect(banner.level).not.toBe('operational');
  });
});

describe('the words of the status page', () => {
  it('says a state as the page does, also one that it does not know', () => {
    expect(wordOf('degraded_performance')).toBe('Degraded performance');
    expect(wordOf('on_fire')).toBe('On fire');
  });

  it('counts what subscribers got', () => {
    expect([0, 1, 2].map(sayTold)).toEqual([
      'Subscribers have been told nothing.',
      'Subscribers were notified once.',
      'Subscribers were notified 2 times.',
    ]);
  });
});
