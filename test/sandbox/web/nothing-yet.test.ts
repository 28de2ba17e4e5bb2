import { describe, expect, it } from '@jest/globals';
import { clockTime } from '../../../sandbox/web/src/frame/times.ts';
import { nothingYet } from '../../../sandbox/web/src/run/nothing-yet.ts';
import { iso, news } from './run-told.ts';

describe('the run panel before any run', () => {
  it('tells a request that expired from none', () => {
    const told = (ranOut: object | null) => nothingYet(news({ run: null, incident: { ranOut } }), '/dr');
    expect(told(null)).toContain('Nothing was asked for yet.');
    expect(told({ what: 'failover', requestedBy: 'ana', at: iso(30) })).toContain(
      `The request for failover expired at ${clockTime(iso(30))}: nothing was done for it.`,
    );
  });
});
