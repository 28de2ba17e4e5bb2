import { describe, expect, it } from '@jest/globals';
import { decline } from '../../src/schedules/decide.ts';
import { incidentOf } from '../slack/views.ts';
import { describeStores } from '../support/stores.ts';
import { ben, cat } from '../support/town.ts';
import { hourMs, useYard, yardHome } from './yard.ts';

const minuteMs = 60_000;
const asked = yardHome({ copies: { at: '0 6 * * *', within: '12h' } });
const automatic = yardHome({ copies: { at: '0 6 * * *', within: '12h', start: 'automatic' } });

describeStores('what is scheduled', (stores) => {
  const yard = useYard(stores, asked);
  /** The times that were written down: `06:00 asked`. */
  const states = async () => (await yard.rows()).map(({ at, state }) => `${at} ${state}`);
  const onlyId = async () => {
    const [row] = await yard.store().tx((tx) => tx.query<{ id: string }>('select id from occurrence order by due_at'));
    return row?.id ?? '';
  };

  describe('for people to begin', () => {
    it('is asked for once at its time, and never for the time before it was written', async () => {
      await yard.clock.advance(8 * hourMs);
      const watch = yard.boot();
      expect(await watch()).toEqual(new Date(yard.clock.now().getTime() + 22 * hourMs));
      expect(await yard.rows()).toEqual([]);
      await yard.clock.advance(22 * hourMs);
      await watch();
      await watch();
      expect(await states()).toEqual(['06:00 asked']);
      expect(await yard.told()).toEqual(['#incidents card']);
    });

    it('says when it is to be looked at next: the reminder, then the end', async () => {
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      const due = yard.clock.now().getTime();
      expect(await watch()).toEqual(new Date(due + 6 * hourMs));
      await yard.clock.advance(6 * hourMs);
      expect(await watch()).toEqual(new Date(due + 12 * hourMs));
      expect(await yard.told()).toEqual(['#incidents card', 'direct U0ANA reminder']);
    });

    it('is missed when nobody begins it, told once to its owner and the channel', async () => {
      const watch = yard.boot();
      await watch();
      for (const wait of [6, 6, 6, 1]) {
        await yard.clock.advance(wait * hourMs);
        await watch();
      }
      expect((await yard.rows())[0]).toMatchObject({ state: 'missed', why: 'nobody started it' });
      const told = ['#incidents card', 'direct U0ANA reminder', '#incidents missed', 'direct U0ANA missed'];
      expect(await yard.told()).toEqual(told);
    });

    it('reminds every member of a group, and in the channel where they cannot be read', async () => {
      yard.setHome(
        yardHome({
          copies: { at: '0 6 * * *', owner: 'group:S0RESP' },
          more: { at: '0 6 * * *', owner: 'group:S0LOST' },
        }),
      );
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      await yard.clock.advance(12 * hourMs);
      await watch();
      const reminders = (await yard.told()).filter((one) => one.endsWith('reminder'));
      expect(reminders.toSorted()).toEqual(['#incidents reminder', 'direct U0EVE reminder', 'direct U0FAY reminder']);
    });

    it('is left out by nobody of a group that cannot be read, who is told that this is not known', async () => {
      yard.setHome(yardHome({ copies: { at: '0 6 * * *', owner: 'group:S0LOST' } }));
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      const ask = { occurrenceId: await onlyId(), reason: 'not now' };
      await expect(decline(yard.deps(), ask, cat)).rejects.toThrow(
        'Slack did not say who is in group:S0LOST, which owns copies, so nobody knows whether you may decide',
      );
      expect(await states()).toEqual(['06:00 asked']);
      expect(await decline(yard.deps(), ask, ben)).toContain('is not run this time');
    });

    it('is started by whoever runs its command with its inputs, and ends as that run ends', async () => {
      yard.setHome(yardHome({ copies: { at: '0 6 * * *', inputs: { rows: 3 } } }));
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      await yard.runBy('ben', { rows: 4 });
      expect(await states()).toEqual(['06:00 asked']);
      const runId = await yard.runBy('ben', { rows: 3 });
      expect((await yard.rows())[0]).toMatchObject({ state: 'started', runId });
      await yard.end(runId, 'failed');
      expect(await states()).toEqual(['06:00 done']);
      expect(await yard.told()).toEqual(['#incidents card', '#incidents failed', 'direct U0ANA failed']);
    });

    it('is left out by its owner or a commander, with a reason; whoever comes later reads who was first', async () => {
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      const occurrenceId = await onlyId();
      const say = (reason: string, by = ben) => decline(yard.deps(), { occurrenceId, reason }, by);
      await expect(say('not now', cat)).rejects.toThrow('Only its owner (ana) or a commander may decide');
      await expect(say('  ')).rejects.toThrow('Say in a few words why');
      const both = await Promise.allSettled([say('moving house'), say('the window is full')]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await expect(say('again')).rejects.toThrow(/was declined before by ben: (moving house|the window is full)\./);
      expect(await states()).toEqual(['06:00 declined']);
      await yard.clock.advance(24 * hourMs);
      await watch();
      expect(await states()).toEqual(['06:00 declined', '06:00 asked']);
    });
  });

  describe('after a time without Muster', () => {
    it('is caught up by its newest time; the older ones are missed in one message', async () => {
      await yard.boot()();
      await yard.clock.advance((3 * 24 + 8) * hourMs);
      await yard.boot()();
      expect(await states()).toEqual(['06:00 missed', '06:00 missed', '06:00 missed', '06:00 asked']);
      expect(await yard.told()).toEqual(['#incidents missed and 2', 'direct U0ANA missed and 2', '#incidents card']);
    });

    it('begins anew where its expression has changed meanwhile, or it is gone', async () => {
      await yard.boot()();
      await yard.clock.advance(7 * hourMs);
      yard.setHome(yardHome({ copies: { at: '0 5 * * *' } }));
      await yard.boot()();
      expect(await yard.rows()).toEqual([]);
      await yard.clock.advance(22 * hourMs);
      await yard.boot()();
      expect(await states()).toEqual(['05:00 asked']);
      yard.setHome(yardHome({}));
      await yard.boot()();
      expect((await yard.rows())[0]).toMatchObject({ state: 'declined', why: 'it is not in muster.yml any more' });
    });
  });

  describe('to start by itself', () => {
    it('starts one run at its time, in its own name', async () => {
      yard.setHome(automatic);
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      await watch();
      expect((await yard.rows()).map(({ state }) => state)).toEqual(['started']);
      expect(yard.script.asked).toEqual([{ name: 'schedule copies', slack: null, door: 'schedule' }]);
      expect(await yard.told()).toEqual([]);
      expect(yard.errors).toEqual([]);
    });

    it.each([
      ['a check that nobody could read', () => ({ verdict: 'needs-acceptance' as const })],
      ['an incident under way', () => ({ underway: [incidentOf({ id: 7 })] })],
      ['what another run holds', () => ({ refuse: 'The bucket does not answer.' })],
    ])('is given to people with %s, and its owner is told at once', async (_, over) => {
      yard.setHome(automatic);
      Object.assign(yard.script, over());
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      await watch();
      expect((await yard.rows())[0]).toMatchObject({
        state: 'asked',
        why: expect.stringMatching(/^(The bucket does not answer|INC-7 is open, .*)\.$/),
      });
      expect(await yard.told()).toEqual(['#incidents card', 'direct U0ANA handed-over']);
      await yard.clock.advance(12 * hourMs);
      await watch();
      expect(await states()).toEqual(['06:00 missed']);
    });

    it('is tried once more after a failure that nobody expected, then given to people', async () => {
      yard.setHome(automatic);
      const watch = yard.boot();
      await watch();
      await yard.clock.advance(6 * hourMs);
      yard.script.planning = () => Promise.reject(new Error('no'));
      await watch();
      expect(await states()).toEqual(['06:00 due']);
      await yard.clock.advance(minuteMs);
      await watch();
      expect((await yard.rows())[0]).toMatchObject({ state: 'asked', why: expect.stringContaining('not expected') });
      expect(yard.errors).toHaveLength(2);
    });

    it('is one run and one card, however many processes look at once', async () => {
      yard.setHome(
        yardHome({ copies: { at: '0 6 * * *', start: 'automatic' }, checks: { at: '0 6 * * *', inputs: { rows: 1 } } }),
      );
      const watches = [yard.boot(), yard.boot(), yard.boot(), yard.boot()];
      for (const watch of watches) await watch();
      await yard.clock.advance(6 * hourMs);
      await Promise.all(watches.map((watch) => watch()));
      await Promise.all(watches.map((watch) => watch()));
      expect((await yard.rows()).map(({ schedule, state }) => `${schedule} ${state}`).toSorted()).toEqual([
        'checks asked',
        'copies started',
      ]);
      expect(yard.script.asked).toHaveLength(1);
      expect(await yard.told()).toEqual(['#incidents card']);
      expect(yard.errors).toEqual([]);
    });
  });
});
