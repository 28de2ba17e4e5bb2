import { describe, expect, it } from '@jest/globals';
import { createLog } from '../../src/compose/log.ts';
import { stopOnSignal } from '../../src/compose/run.ts';

const log = createLog('silent');
const signal = Promise.resolve('SIGTERM');

describe('a stop', () => {
  it('is asked for by the signal, and is well once all has ended', async () => {
    const stops: string[] = [];
    const serving = {
      stop: async () => {
        stops.push('stopped');
      },
    };
    expect(await stopOnSignal(serving, signal, log)).toBe(0);
    expect(stops).toEqual(['stopped']);
  });

  it('that does not end is cut short, and says so by its exit code', async () => {
    expect(await stopOnSignal({ stop: () => new Promise(() => {}) }, signal, log, 20)).toBe(1);
  });

  it('that fails is no good end', async () => {
    const serving = {
      stop: async () => {
        throw new Error('the store did not close');
      },
    };
    await expect(stopOnSignal(serving, signal, log)).rejects.toThrow('the store did not close');
  });
});
