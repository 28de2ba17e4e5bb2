import { describe, expect, it } from '@jest/globals';
import { boundLoss } from '../../../src/recovery/plan/bound-loss.ts';
import { plannedStep } from '../../support/plans.ts';

const target = { region: 'us-east-1', resource: 'dynamodb:flightdata-main' };
const [binds, after] = [['writes'], { writes: 'denied' }];
const fence = (noChange: boolean) =>
  plannedStep('denied', { uses: 'dynamodb.deny-writes', fence: true, noChange, target, binds, after });
const restore = plannedStep('restored', {
  dataAtRisk: { seconds: 7_200, explain: 'Two hours by now.', since: '2026-03-01T12:00:00.000Z' },
});
const at = new Date('2026-03-01T12:30:00.000Z');
const standing = [{ ...target, uses: 'dynamodb.deny-writes', binds, after, at, unbroken: true }];

describe('the data at risk of a plan', () => {
  it('ends where its fences hold already', () => {
    expect(boundLoss([fence(true), restore], standing)[1]?.dataAtRisk).toMatchObject({
      seconds: 1_800,
      explain:
        'Two hours by now. It is fenced since 2026-03-01 12:30:00 UTC, unless somebody lifted that by hand: 1800 s until then.',
    });
  });

  it('goes on while a fence is still to be made, was made by nobody known, or is of something else', () => {
    const seconds = (noChange: boolean, stands: typeof standing) =>
      boundLoss([fence(noChange), restore], stands)[1]?.dataAtRisk?.seconds;
    const other = standing.map((one) => ({ ...one, resource: 'dynamodb:flightdata-config' }));
    expect([seconds(false, standing), seconds(true, []), seconds(true, other)]).toEqual([7_200, 7_200, 7_200]);
    const less = standing.map((one) => ({ ...one, after: { writes: 'denied to some' } }));
    expect(seconds(true, less)).toBe(7_200);
    const lag = plannedStep('promote', { dataAtRisk: { seconds: 7_200, explain: 'lag' } });
    expect(boundLoss([fence(true), lag], standing)[1]?.dataAtRisk?.seconds).toBe(7_200);
  });

  it('does not end where a fence held that something may have lifted since', () => {
    const lifted = standing.map((one) => ({ ...one, unbroken: false }));
    expect(boundLoss([fence(true), restore], lifted)[1]?.dataAtRisk).toEqual(restore.dataAtRisk);
    const later = standing.map((one) => ({ ...one, at: new Date('2026-03-01T13:15:00.000Z') }));
    expect(boundLoss([fence(true), restore], [...lifted, ...later])[1]?.dataAtRisk?.seconds).toBe(4_500);
  });
});
