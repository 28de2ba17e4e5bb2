import { describe, expect, it } from '@jest/globals';
import { sayAccepted, sayCarried, silentRegions } from '../../src/domain/carried.ts';
import { checkOf, plannedStep, planOf } from '../support/plans.ts';

const found = 'Could not read the ECS service app-service of prod-cluster in us-east-1: it did not answer in time.';
const silent = checkOf('unknown', { id: 'reachable', title: 'service answers', found, carry: 'ungraceful' });
const fence = plannedStep('fence', {
  title: 'Old service takes no more writes',
  fence: true,
  target: { region: 'us-east-1', resource: 'ecs:prod-cluster/app-service' },
  checks: [silent],
});

describe('what was carried', () => {
  it('is told of a fence in plain words, with who accepted it', () => {
    const plan = planOf([fence], { mode: 'ungraceful', requestedBy: 'ana' });
    expect(sayCarried(plan)).toEqual([
      'nobody could see whether us-east-1 still takes writes, for it did not answer, and ana accepted that by going ungraceful',
    ]);
  });

  it('names who gave which reason', () => {
    const step = plannedStep('replica', {
      title: 'Replica is close enough',
      checks: [checkOf('unknown', { carry: 'with-reason' })],
    });
    const acceptances = [{ check: 'replica/lag', reason: 'the primary is gone.', by: 'ben' }];
    const plan = planOf([step], { acceptances });
    const seen = 'Replica is close enough: “replica lag” could not be read';
    expect(sayCarried(plan)).toEqual([`${seen}, and ben accepted that: “the primary is gone”`]);
    expect(sayAccepted(plan, { check: 'replica/lag' })).toBe(seen);
    expect(sayAccepted(plan, { check: 'other/check' })).toBe('other/check could not be read');
  });

  it('says what was found of a check that failed, for that is what is lost', () => {
    const step = plannedStep('replica', { checks: [checkOf('fail', { found: '7200 s.', carry: 'ungraceful' })] });
    expect(sayCarried(planOf([step], { mode: 'ungraceful' }))).toEqual([
      'Step replica: “replica lag” did not pass (found 7200 s, expected at most 15m), and ana accepted that by going ungraceful',
    ]);
  });

  it('is said once of several fences of one Region, and of none that answered', () => {
    const twice = planOf([fence, { ...fence, id: 'fence-web' }], { mode: 'ungraceful' });
    expect(sayCarried(twice)).toHaveLength(1);
    expect(silentRegions(twice)).toEqual(['us-east-1']);
    expect(silentRegions(planOf([{ ...fence, checks: [{ ...silent, verdict: 'pass' }] }]))).toEqual([]);
  });
});
