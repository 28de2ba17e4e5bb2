import { describe, expect, it } from '@jest/globals';
import { Home } from '../../src/domain/home.ts';
import type { Tx } from '../../src/domain/ports/store.ts';
import { schedulePerson } from '../../src/domain/schedule.ts';
import { refuseUnlessMayRun } from '../../src/recovery/may-run.ts';
import { townHome } from '../support/town.ts';

const home = Home.parse({
  ...townHome,
  schedules: {
    copies: { command: 'backup', at: '0 6 * * *', start: 'automatic', owner: 'ana' },
    asked: { command: 'backup', at: '0 7 * * *', owner: 'ana' },
  },
});

/** Roles in the record: none, whoever asks. */
const nobody: Tx = { query: async () => [], tell: async () => {}, afterCommit: () => {} };

const ask = (command: string, by: Parameters<typeof refuseUnlessMayRun>[3]) =>
  refuseUnlessMayRun(nobody, { home }, { incidentId: 1, command }, by);

describe('what a schedule may start', () => {
  it('is the command that muster.yml names for it', async () => {
    await expect(ask('backup', schedulePerson('copies'))).resolves.toBeUndefined();
  });

  it.each([
    ['another command', 'failover', schedulePerson('copies')],
    ['what people are asked to begin', 'backup', schedulePerson('asked')],
    ['of a schedule that is not there', 'backup', schedulePerson('gone')],
  ])('is not %s', async (_, command, by) => {
    await expect(ask(command, by)).rejects.toThrow('starts nothing but the command that muster.yml names for it');
  });

  it('gives no person a role, whatever they are called', async () => {
    for (const door of ['slack', 'terminal'] as const)
      await expect(ask('backup', { name: 'schedule copies', slack: null, door })).rejects.toThrow('Only a commander');
  });
});
