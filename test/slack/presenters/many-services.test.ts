import { describe, expect, it } from '@jest/globals';
import { checkMessageBlocks } from '../../../sandbox/slack/limits.ts';
import { presentAnnouncement } from '../../../src/slack/presenters/announcement.ts';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import { presentStatus } from '../../../src/slack/presenters/status.ts';
import { townHome as home } from '../../support/town.ts';
import { consentViewOf, incidentOf, incidentViewOf, now, runViewOf } from '../views.ts';

const services = Array.from({ length: 50 }, (_, at) => `service-${at}`);
const view = incidentViewOf({
  incident: incidentOf({ services }),
  active: services.map((service, at) => ({ service, region: at < 40 ? 'us-east-1' : 'us-west-2' })),
  standstill: true,
  guards: services.map((service) => ({
    id: service,
    region: 'us-east-1',
    step: `fence_${service}`,
    state: 'armed' as const,
  })),
});

describe('an incident of fifty services', () => {
  it('names the first of them, and how many there are besides', () => {
    const few = 'service-0, service-1, service-2, service-3, service-4, service-5 and 44 more';
    const header = presentIncidentHeader(view, home);
    expect(header.text).toContain(`Services: ${few}\n`);
    expect(header.text).toContain('`us-east-1` (service-0, ');
    expect(header.text).toContain('and 34 more) · `us-west-2` (service-40, ');
    expect(presentAnnouncement(view, home).text).toContain(few);
    expect(JSON.stringify(header.blocks)).toContain('`/dr status` names all services.');
  });

  it('has all of them in the status', () => {
    const words = presentStatus(view, null, [], home);
    expect(checkMessageBlocks(words.blocks)).toBeUndefined();
    for (const service of services)
      expect(words.blocks.map((block) => JSON.stringify(block)).join()).toContain(service);
  });

  it('has one line for the guards of a Region, and says first who takes no writes', () => {
    const lines = presentIncidentHeader(view, home).text.split('\n');
    expect(lines.filter((line) => line.includes('Return guard armed'))).toHaveLength(1);
    expect(lines[1]).toContain('Takes writes: nobody known');
    expect(lines[2]).toContain('`fence_service-5` and 44 more');
  });

  it('names a few services whole, without more ado', () => {
    const few = incidentViewOf({ incident: incidentOf({ services: services.slice(0, 7) }) });
    const header = presentIncidentHeader(few, home);
    expect(header.text).toContain('service-5 and service-6\n');
    expect(JSON.stringify(header.blocks)).not.toContain('names all services');
  });
});

describe('the status', () => {
  it('begins with what waits for a person, then the run, then the incident', () => {
    const { text } = presentStatus(view, runViewOf(), [consentViewOf()], home);
    const places = ['/dr approve K7F3Q2', '🔄 Running', 'Services:'].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('tells a request that expired from none', () => {
    const told = (over: Parameters<typeof incidentViewOf>[0]) =>
      presentStatus(incidentViewOf(over), null, [], home).text;
    const ranOut = { what: 'failover', requestedBy: 'ana', at: now };
    expect(told({ ranOut })).toMatch(/The request for \*failover\* by .+ expired at .+: nothing was done for it\. If/);
    expect(told({ ranOut, incident: incidentOf({ phase: 'resolved' }) })).not.toContain('ask again');
    expect(told({})).not.toContain('expired');
  });
});
