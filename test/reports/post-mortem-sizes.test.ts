import { describe, expect, it } from '@jest/globals';
import { writeActions } from '../../src/reports/post-mortem/actions.ts';
import { writeExceptions } from '../../src/reports/post-mortem/exceptions.ts';
import type { IncidentRecord } from '../../src/reports/post-mortem/record.ts';
import { writeSummary } from '../../src/reports/post-mortem/summary.ts';
import { incidentOf, now } from '../slack/views.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { unmeasured as recovery, runOf } from '../support/rows.ts';
import { townHome as home } from '../support/town.ts';

const services = Array.from({ length: 50 }, (_, at) => `service-${at}`);

function recordOf(over: Partial<IncidentRecord>): IncidentRecord {
  const nothing = {
    runs: [],
    consents: [],
    grants: [],
    said: [],
    promises: [],
    guards: [],
    reviews: [],
    timeline: [],
    scheduled: [],
  };
  const incident = incidentOf({ services });
  return { incident, home, now, simulated: false, recovery, escalation: null, ...nothing, ...over };
}

describe('a post-mortem of much', () => {
  it('has every service in its table, and a few in its sentence', () => {
    const text = writeSummary(recordOf({})).join('\n');
    expect(text).toContain(`| Services | ${services.join(', ')} |`);
    expect(text).toContain('service-8, service-9 and 40 more were affected');
  });

  it('says once what several steps would have lost alike', () => {
    const dataAtRisk = { seconds: 12, explain: 'What is not replayed is lost.' };
    const steps = ['a', 'b', 'c'].map((id) => plannedStep(id, { dataAtRisk }));
    const plan = planOf(steps, { mode: 'ungraceful' });
    const record = recordOf({ runs: [{ run: runOf(plan, now), plan, steps: [], sent: {} }] });
    expect(writeExceptions(record).join('\n')).toContain('that data is lost: What is not replayed is lost.\n');
  });
});

describe('what follows from a post-mortem', () => {
  it('tells an objective that was missed from one that nobody saw met', () => {
    const measured = { ...recovery, rtoMs: 120_000, rtoObjectiveMs: 60_000, rpoObjectiveMs: 60_000 };
    const actions = writeActions(recordOf({ recovery: measured })).join('\n');
    expect(actions).toContain('| Find why the RTO was missed |');
    expect(actions).toContain('| Find why the RPO was not shown to be met |');
  });

  it('names steps as they are named', () => {
    const plan = planOf([plannedStep('backed_up')]);
    const run = { ...runOf(plan, now), endedAt: now, exceptions: ['backed_up was not run'] };
    const text = writeExceptions(recordOf({ runs: [{ run, plan, steps: [], sent: {} }] })).join('\n');
    expect(text).toContain('- failover: backed\\_up was not run.');
  });
});
