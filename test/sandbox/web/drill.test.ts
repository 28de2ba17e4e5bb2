import { describe, expect, it } from '@jest/globals';
import { shownOf } from '../../../sandbox/recovery-feed.ts';
import { stepOf } from '../../../sandbox/web/src/guide/steps.ts';
import { ganttOf } from '../../../sandbox/web/src/run/gantt.ts';
import { nothingYet } from '../../../sandbox/web/src/run/nothing-yet.ts';
import { shownOf as shownRunOf } from '../../../sandbox/web/src/run/shown.ts';
import { summaryOf } from '../../../sandbox/web/src/run/summary.ts';
import { commandLines } from '../../../sandbox/web/src/terminal/command-lines.ts';
import { incidentOf } from '../../slack/views.ts';
import { iso, news } from './run-told.ts';

const incident = { id: 8, kind: 'drill', phase: 'investigating', impactBeganAt: iso(0), commander: 'ana' };
const drill = (run: object | null = {}) => news({ run, incident: { incident, active: [], silent: [], ranOut: null } });

describe('the page while a drill goes on', () => {
  it('speaks of no impact and of no RTO that runs out', () => {
    const shown = shownRunOf(drill());
    if (!shown) throw new Error('a run is told, and not shown');
    const now = Date.parse(iso(60));
    expect(ganttOf(shown, now).lines.map(({ kind }) => kind)).not.toContain('impact');
    const { facts } = summaryOf(shown, now, (name) => name);
    expect(facts).toContain('DRILL-8');
    expect(facts.join()).not.toMatch(/RTO|incident/);
  });

  it('guides nobody through it, and offers no recovery in it', () => {
    expect(stepOf(drill(), 0)).toBe('declare');
    expect(nothingYet(drill(null), { command: '/dr' })).toContain('DRILL-8 is no incident');
    const lines = commandLines(drill(null), { as: 'ana', approver: 'ben', command: 'failover', ungraceful: false });
    expect(lines.map(({ what }) => what)).toEqual(['How it stands']);
  });

  it('shows what is real first, then a drill, then routines', () => {
    const of = (id: number, kind: 'incident' | 'drill' | 'routine', phase: 'recovering' | 'closed' = 'recovering') =>
      incidentOf({ id, kind, phase });
    const shown = (...all: ReturnType<typeof of>[]) => shownOf(all)?.id;
    expect(shown(of(4, 'routine'), of(3, 'drill'), of(2, 'incident'))).toBe(2);
    expect(shown(of(4, 'routine'), of(3, 'drill'), of(2, 'incident', 'closed'))).toBe(3);
    expect(shown(of(4, 'routine'), of(3, 'drill', 'closed'))).toBe(4);
    expect(shown(of(3, 'drill', 'closed'), of(2, 'incident', 'closed'))).toBe(3);
  });
});
