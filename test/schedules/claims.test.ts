import { expect, it } from '@jest/globals';
import type { SchedulesDeps } from '../../src/schedules/deps.ts';
import { takeOverStarts } from '../../src/schedules/start.ts';
import { until } from '../support/simulated-muster.ts';
import { describeStores } from '../support/stores.ts';
import { hourMs, useYard, yardHome } from './yard.ts';

const minuteMs = 60_000;
const automatic = yardHome({ copies: { at: '0 6 * * *', within: '12h', start: 'automatic' } });

describeStores('a start that a process has claimed', (stores) => {
  const yard = useYard(stores, automatic);
  const states = async () => (await yard.rows()).map(({ at, state }) => `${at} ${state}`);
  const runs = async () =>
    (await yard.store().tx((tx) => tx.query(`select 1 from run where started_by = 'schedule copies'`))).length;
  const claimedAt = async () => {
    const [row] = await yard.store().tx((tx) => tx.query<{ at: Date }>('select claimed_at as at from occurrence'));
    return row?.at.getTime();
  };
  /** What a process works with that comes on no further: its timers do not go off. */
  const frozen = () => ({
    real: {
      ...yard.clock,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((_, reject) => signal?.addEventListener('abort', reject)),
    },
  });
  /** A process that has claimed what is due, and plans it until it goes on; whoever plans after it does so at once. */
  const claim = async (over: Partial<SchedulesDeps> = {}) => {
    const watch = yard.boot(over);
    await watch();
    await yard.clock.advance(6 * hourMs);
    let goOn = (): void => {};
    yard.script.planning = () =>
      new Promise((resolve) => {
        goOn = resolve;
      });
    const ended = watch();
    await until(async () => yard.script.asked.length === 1, 'the claim');
    yard.script.planning = async () => {};
    return { goOn: () => goOn(), ended };
  };

  it('is started by another process once the one that had claimed it is silent', async () => {
    await claim(frozen());
    const other = yard.boot();
    await other();
    expect(await states()).toEqual(['06:00 due']);
    await yard.clock.advance(minuteMs);
    await other();
    expect(await states()).toEqual(['06:00 started']);
  });

  it('is not waited for after a death where the new process is alone with the store', async () => {
    await claim();
    await takeOverStarts({ store: yard.store() });
    await yard.boot()();
    expect(await states()).toEqual(['06:00 started']);
  });

  it('is left to a process that is slow, for as long as it lives', async () => {
    const slow = await claim();
    for (let renewals = 0; renewals < 20; renewals += 1) {
      const before = await claimedAt();
      await until(async () => {
        await yard.clock.advance(1_000);
        return (await claimedAt()) !== before;
      }, 'the claim to be renewed');
    }
    await yard.boot()();
    expect(yard.script.asked).toHaveLength(1);
    slow.goOn();
    await slow.ended;
    expect(await states()).toEqual(['06:00 started']);
  });

  it('is not started twice by a process that was only frozen', async () => {
    const earlier = await runs();
    const slow = await claim(frozen());
    await yard.clock.advance(minuteMs);
    await yard.boot()();
    const [before] = await yard.rows();
    slow.goOn();
    await slow.ended;
    expect(await yard.rows()).toEqual([before]);
    expect(await runs()).toBe(earlier + 1);
    expect(await yard.told()).toEqual([]);
  });

  it.each([
    ['before its start was written: then another starts it', 'within', '06:00 due'],
    ['after its start was written: then nobody starts it again', 'after', '06:00 started'],
  ] as const)('is one run where the process dies %s', async (_, moment, left) => {
    const earlier = await runs();
    const dying = yard.boot();
    await dying();
    await yard.clock.advance(6 * hourMs);
    yard.script.starting = (at) => {
      if (at === moment) throw new Error('died');
    };
    await dying();
    expect(await states()).toEqual([left]);
    yard.script.starting = () => {};
    await yard.clock.advance(minuteMs);
    await yard.boot()();
    expect(await states()).toEqual(['06:00 started']);
    expect(await runs()).toBe(earlier + 1);
    expect(await yard.told()).toEqual([]);
  });
});
