import { describe, expect, it } from '@jest/globals';
import { boundLoss } from '../../../src/recovery/plan/bound-loss.ts';
import { plannedStep } from '../../support/plans.ts';

const target = { region: 'us-east-1', resource: 'dynamodb:flightdata-main' };
const fence = (noChange: boolean) =>
  plannedStep('denied', { uses: 'dynamodb.deny-writes', fence: true, noChange, target });
const restore = plannedStep('restored', {
  dataAtRisk: { seconds: 7_200, explain: 'Two hours by now.', since: '2026-03-01T12:00:00.000Z' },
});
const at = new Date('2026-03-01T12:30:00.000Z');
const standing = [{ ...target, uses: 'dynamodb.deny-writes', at }];

describe('the data at risk of a plan', () => {
  it('ends where its fences hold already', () => {
    expect(boundLoss([fence(true), restore], standing)[1]?.dataAtRisk).toMatchObject({
      seconds: 1_800,
      explain: 'Two hours by now. It is fenced since 2026-03-01 12:30:00 UTC: 1800 s until then.',
    });
  });

  it('goes on while a fence is still to be made, was made by nobody known, or is of something else', () => {
    const seconds = (noChange: boolean, stands: typeof standing) =>
      boundLoss([fence(noChange), restore], stands)[1]?.dataAtRisk?.seconds;
    const other = standing.map((one) => ({ ...one, resource: 'dynamodb:flightdata-config' }));
    expect([seconds(false, standing), seconds(true, []), seconds(true, other)]).toEqual([7_200, 7_200, 7_200]);
    const lag = plannedStep('promote', { dataAtRisk: { seconds: 7_200, explain: 'lag' } });
    expect(boundLoss([fence(true), lag], standing)[1]?.dataAtRisk?.seconds).toBe(7_200);
  });
});
