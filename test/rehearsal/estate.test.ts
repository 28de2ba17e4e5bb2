import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../src/domain/command.ts';
import { deriveEstate } from '../../src/rehearsal/estate/derive.ts';
import { createWorld } from '../../src/sim/index.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { commandOf, moveCommand, otherHome } from './other-home.ts';

const derive = (command: Command, inputs = {}) => deriveEstate({ home: otherHome, command, inputs, mode: 'graceful' });
const lookOnly = (steps: string) => commandOf('look', `name: look\ntitle: Look\nsteps:\n${steps}`);

describe('the simulated cloud of any home', () => {
  it('has what the steps name, on both sides, and is served from the primary Region', () => {
    const { estate, standIns, promotes } = derive(moveCommand, { tasks: 6 });
    expect(estate.account).toBe('210987654321');
    expect(estate.databases).toMatchObject([
      { region: 'eu-west-1', id: 'ledger-a', tables: { trial_balance: 1_000 } },
      { region: 'eu-central-1', id: 'ledger-b', replicaOf: { region: 'eu-west-1', id: 'ledger-a' } },
    ]);
    expect(estate.services).toMatchObject([
      { region: 'eu-central-1', cluster: 'ledger', desired: 1, database: 'ledger-b' },
      { region: 'eu-west-1', cluster: 'ledger', desired: 6, database: 'ledger-a' },
    ]);
    expect(estate.connections).toEqual({
      'env:LEDGER_A': { region: 'eu-west-1', id: 'ledger-a' },
      'env:LEDGER_B': { region: 'eu-central-1', id: 'ledger-b' },
    });
    expect(standIns.map(({ step }) => step)).toEqual(['booked', 'answers']);
    expect(promotes).toBe(true);
    const traffic = createWorld({ clock: createManualClock(), estate }).view().traffic;
    expect(traffic).toMatchObject([{ name: 'ledger.bank.example', region: 'eu-west-1' }]);
  });

  it('is complete for a command that only looks, and says what was made up', () => {
    const { estate, assumed } = derive(
      lookOnly('  - { id: up, uses: http.check, with: { url: "https://bank.example/up" } }'),
    );
    expect(estate.services?.map(({ region }) => region)).toEqual(['eu-west-1', 'eu-central-1']);
    expect(assumed).toContain('No step names a database, so each Region has one of its own that takes writes.');
    expect(assumed.join(' ')).toMatch(/bank\.example leads to rehearsal\.eu-west-1/);
    const traffic = createWorld({ clock: createManualClock(), estate }).view().traffic;
    expect(traffic).toMatchObject([{ name: 'bank.example', region: 'eu-west-1' }]);
  });

  it('refuses a metric that it does not record, in one sentence', () => {
    const steps = `  - id: orders
    uses: cloudwatch.check-metric
    with:
      { region: eu-west-1, namespace: Bank, metric: Orders, statistic: Sum, comparison: at least, threshold: 1 }`;
    expect(() => derive(lookOnly(steps))).toThrow(
      'look cannot be rehearsed: orders reads the metric Bank Orders, which the simulated cloud does not record. Nothing',
    );
  });
});
