import { describe, expect, it } from '@jest/globals';
import type { ScheduleView } from '../../src/domain/schedule.ts';
import { createHarness } from './harness.ts';

const copies: ScheduleView = {
  name: 'copies',
  command: 'check-copies',
  title: 'Check the copies',
  at: '0 6 * * *',
  start: 'asked',
  owner: 'devops',
  next: new Date('2026-11-23T05:00:00Z'),
  last: {
    state: 'done',
    outcome: 'succeeded',
    dueAt: new Date('2026-11-21T05:00:00Z'),
    endedAt: new Date('2026-11-21T05:20:00Z'),
    endedBy: null,
  },
  waiting: { state: 'asked', dueAt: new Date('2026-11-22T05:00:00Z'), until: new Date('2026-11-22T17:00:00Z') },
  missed: 2,
};

describe('muster schedules', () => {
  it('says when each is next, what waits, how it was last, and what was missed', async () => {
    const harness = createHarness();
    harness.script.schedules = [copies];
    const { out } = await harness.run(['schedules']);
    expect(out.split('\n')).toEqual([
      'copies  check-copies  is asked for  owner devops',
      '  next 2026-11-23 06:00 CET (05:00 UTC)',
      '  due since 2026-11-22 06:00 CET (05:00 UTC), to begin by 2026-11-22 18:00 CET (17:00 UTC)',
      '  last succeeded, 2026-11-21 06:20 CET (05:20 UTC)',
      '  missed in 90 days: 2',
    ]);
  });

  it('says so where nothing is scheduled', async () => {
    expect((await createHarness().run(['schedules'])).out).toBe(
      'Nothing is scheduled: schedules of muster.yml names none.',
    );
  });
});
