import { describe, expect, it } from '@jest/globals';
import { clockTime } from '../../../sandbox/web/src/frame/times.ts';
import { nothingYet } from '../../../sandbox/web/src/run/nothing-yet.ts';
import { iso, news } from './run-told.ts';

describe('the run panel before any run', () => {
  it('tells a request that expired from none', () => {
    const told = (ranOut: object | null) => nothingYet(news({ run: null, incident: { ranOut } }), { command: '/dr' });
    expect(told(null)).toContain('Nothing was asked for yet.');
    expect(told({ what: 'failover', requestedBy: 'ana', at: iso(30) })).toContain(
      `The request for failover expired at ${clockTime(iso(30))}: nothing was done for it.`,
    );
  });

  it('names the commands for the scenario of the incident, and no other', () => {
    const purpose = 'recovery' as const;
    const offer = { title: '', purpose, confirm: null, modes: [], approvals: null, promotes: false };
    const commands = [
      { ...offer, name: 'failover', scenario: 'region-outage' },
      { ...offer, name: 'isolate-corruption', scenario: 'data-corruption' },
      { ...offer, name: 'recover-from-corruption', scenario: 'data-corruption' },
    ];
    const told = (scenario: string | null) =>
      nothingYet(news({ run: null, incident: { ranOut: null, incident: { kind: 'incident', scenario } } }), {
        command: '/dr',
        commands,
      });
    expect(told('data-corruption')).toContain('with /dr isolate-corruption or /dr recover-from-corruption in');
    expect(told('data-corruption')).not.toContain('failover');
    expect(told(null)).toContain('/dr help says what there is');
  });
});
