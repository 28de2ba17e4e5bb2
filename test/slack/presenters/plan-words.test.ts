import { describe, expect, it } from '@jest/globals';
import { changeSummary, dangerLines, timeLines, verdictLine } from '../../../src/slack/presenters/plan-summary.ts';
import { plannedStep, planOf } from '../../support/plans.ts';

const read = plannedStep('look', { kind: 'read', risk: 'read', before: {}, after: {} });
const losing = (seconds: number) =>
  plannedStep('restore', { dataAtRisk: { seconds, explain: 'What was written since.' } });
const owed = { rtoMs: 3_600_000, rpoMs: 900_000, rtoOf: 'api', rpoOf: 'api' };
const hours = (rto: number, rpo: number) => ({ rtoMs: rto * 3_600_000, rpoMs: rpo * 3_600_000, rtoOf: 'failover' });
const point = { risk: 'irreversible', undoable: false } as const;

describe('the words of a plan', () => {
  it('say in the verdict when more would be lost than the objective allows', () => {
    expect(verdictLine(planOf([losing(3_840)]))).toContain('more than the objective of 15m would be lost: 1h 4m');
    expect(verdictLine(planOf([losing(840)]))).toMatch(/^🟢 \*Ready\* /);
  });

  it('count against the stricter of the command’s own and what its services are owed, with the own beside it', () => {
    const looser = planOf([losing(1_800)], { objectives: hours(4, 1), owed });
    expect(timeLines(looser)[1]).toBe(
      '✅ fits the RTO of 1h (api): 50m left when this was planned · `failover` itself has 4h',
    );
    expect(verdictLine(looser)).toContain('more than the objective of 15m would be lost: 30m');
    const stricter = planOf([losing(840)], { objectives: hours(0.5, 0.2), owed });
    expect(timeLines(stricter)[1]).toBe('✅ fits the RTO of 30m (failover): 50m left when this was planned');
    expect(verdictLine(stricter)).toContain('more than the objective of 12m would be lost: 14m');
  });

  it.each([
    [300_000, 'it would be over by 5m; 5m left when this was planned'],
    [-300_000, 'it would be over by 15m; it was missed 5m before this was planned'],
  ])('say of a plan that ends too late by how much, with %d ms left', (rtoLeftMs, words) => {
    const [, fit] = timeLines(planOf([losing(840)], { objectives: hours(1, 1), rtoLeftMs }));
    expect(fit).toBe(`❌ *does not fit the RTO of 1h (failover)*: ${words}`);
  });

  it('lead from Region to Region only where people are moved', () => {
    expect(verdictLine(planOf([plannedStep('scale')]))).not.toContain('→');
    expect(verdictLine(planOf([plannedStep('traffic', { traffic: 'latching' })]))).toContain(
      '`us-east-1` → `us-west-2`',
    );
  });

  it('speak of failing back only where people are moved', () => {
    const swap = plannedStep('swap', point);
    const traffic = plannedStep('traffic', { traffic: 'latching' });
    expect(dangerLines({ ...planOf([swap]), pointOfNoReturn: 'swap' })[0]).toMatch(
      /From `swap` on there is no undo\.$/,
    );
    expect(dangerLines({ ...planOf([swap, traffic]), pointOfNoReturn: 'swap' })[0]).toMatch(/only failing back\.$/);
  });

  it('promise an undo only of what there is to undo', () => {
    expect(dangerLines(planOf([plannedStep('scale')]))[0]).toContain('Everything it changes can be undone');
    expect(dangerLines(planOf([plannedStep('backup', { keeps: true })]))[0]).toContain(
      'what it makes or turns on stays',
    );
    expect(dangerLines(planOf([read]))).toEqual([]);
  });

  it('count an undo against no objective, and name what it leaves', () => {
    const left = ['restore (Restored), rds:db-restored-3k9x in us-east-1: delete it by hand once nobody needs it.'];
    const undo = planOf([plannedStep('scale')], { purpose: 'undo', owed, rtoLeftMs: null, left });
    expect(timeLines(undo)).toEqual([expect.stringMatching(/^⏱️ About/)]);
    expect(timeLines(undo).join()).not.toContain('RTO');
    expect(dangerLines(undo)).toEqual([`🧹 *Left as it is:* ${left[0]}`]);
  });

  it('say of what only reads that it reads, not that all is so', () => {
    expect(changeSummary(planOf([read]))).toEqual(['👁️ It only reads: nothing is changed.']);
    expect(changeSummary(planOf([plannedStep('scale', { noChange: true })]))[0]).toContain('all is already so');
  });
});
