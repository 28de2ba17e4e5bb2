import { describe, expect, it } from '@jest/globals';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import { presentRun } from '../../../src/slack/presenters/run.ts';
import { stateOf } from '../../support/rows.ts';
import { townHome as home } from '../../support/town.ts';
import { incidentViewOf, runViewOf } from '../views.ts';

const standstill = 'Nobody is known to take writes: ecs:prod-cluster/app-service in us-east-1 is fenced.';

describe('a run that stopped between fence and promotion', () => {
  const aborted = { status: 'ended', outcome: 'aborted', endedAt: new Date('2026-03-01T14:30:00Z') } as const;

  it('names the steps of which nobody knows how they ended', () => {
    const steps = [
      stateOf('fence', { status: 'done', effectSent: true }),
      stateOf('promote', { status: 'unknown', effectSent: true }),
    ];
    const { text } = presentRun(runViewOf({ run: aborted, steps }), home);
    expect(text).toContain('nothing more was started; what became of promote is not known.');
    expect(text).not.toContain('seen to its end');
    const known = steps.map((step) => ({ ...step, status: 'done' as const }));
    expect(presentRun(runViewOf({ run: aborted, steps: known }), home).text).toContain('was seen to its end');
  });

  it('says who takes writes, on the run and on top of the channel', () => {
    const { text } = presentRun(runViewOf({ run: aborted, standstill }), home);
    expect(text).toContain(standstill);
    expect(text).toContain('the way back stands above');
    const header = (still: boolean) => presentIncidentHeader(incidentViewOf({ standstill: still }), home).text;
    expect(header(true)).toContain('Takes writes: nobody known');
    expect(header(false)).not.toContain('Takes writes');
  });
});
