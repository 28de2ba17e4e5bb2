import { describe, expect, it } from '@jest/globals';
import { sayEnds } from '../../src/domain/ends.ts';
import type { StepState, StepStatus } from '../../src/domain/run.ts';
import { sayStandstill, standsStill, standstillOf, type Ways } from '../../src/domain/standstill.ts';
import { plannedStep, planOf } from '../support/plans.ts';

const old = { region: 'us-east-1', resource: 'ecs:prod-cluster/app-service' };
const failover = planOf([
  plannedStep('fence', { fence: true, target: old }),
  plannedStep('promote', { risk: 'irreversible', undoable: false, needs: ['fence'] }),
  plannedStep('traffic', { traffic: 'latching', needs: ['promote'] }),
]);
const restart = planOf([plannedStep('scale', { target: old })], { command: 'restart-service' });

const state = (id: string, status: StepStatus, effectSent = false) => ({ id, status, effectSent });
const behind = (promote: Pick<StepState, 'id' | 'status' | 'effectSent'>, traffic: StepStatus = 'waiting') => [
  state('fence', 'done', true),
  promote,
  state('traffic', traffic),
];

describe('production stands still', () => {
  it.each([
    ['waiting', true],
    ['running', true],
    ['failed', true],
    ['unknown', true],
    ['skipped', true],
    ['done', false],
    ['unchanged', false],
  ] as const)('behind a fence while the promotion is %s: %s', (status, still) => {
    expect(standstillOf(failover, behind(state('promote', status))) !== null).toBe(still);
  });

  it('not before the fence is seen, nor once traffic was seen to move', () => {
    expect(standstillOf(failover, [state('fence', 'unknown', true), state('promote', 'waiting')])).toBeNull();
    expect(standstillOf(failover, behind(state('promote', 'skipped'), 'done'))).toBeNull();
    expect(standstillOf(restart, [state('scale', 'done', true)])).toBeNull();
  });

  it('until a later run has brought back what was fenced, or has come through', () => {
    const failed = { plan: failover, steps: behind(state('promote', 'failed', true)) };
    const restarted = (status: StepStatus) => ({ plan: restart, steps: [state('scale', status, true)] });
    const through = { plan: failover, steps: behind(state('promote', 'unchanged'), 'done') };
    const elsewhere = { plan: planOf([plannedStep('scale')]), steps: [state('scale', 'done', true)] };
    expect(standsStill([failed])).toBe(true);
    expect(standsStill([restarted('failed'), failed])).toBe(true);
    expect(standsStill([elsewhere, failed])).toBe(true);
    expect(standsStill([restarted('done'), failed])).toBe(false);
    expect(standsStill([through, failed])).toBe(false);
    expect(standsStill([failed, restarted('done')])).toBe(true);
  });

  const say = (promote: StepState['status'], sent: boolean, ways: Partial<Ways>): string => {
    const still = standstillOf(failover, behind(state('promote', promote, sent)));
    if (still === null) throw new Error('expected a standstill');
    const usual = {
      command: 'failover',
      ended: true,
      undoable: !sent,
      bringBack: ['/dr restart-service region=primary'],
    };
    return sayStandstill(still, { ...usual, ...ways });
  };

  it('is said with the way out: undo before the promotion was sent', () => {
    expect(say('not-run', false, {})).toBe(
      'Nobody takes writes: ecs:prod-cluster/app-service in us-east-1 is fenced, and no promoted database was seen. ' +
        'us-east-1 is still the active Region. To get back: /dr undo.',
    );
    expect(say('waiting', false, { ended: false })).toContain('To get back: /dr abort, then /dr undo.');
  });

  it('is said with the way out: after the promotion was sent, retry, or bring back what is fenced', () => {
    const paused = say('unknown', true, { ended: false });
    expect(paused).toContain('Nobody is known to take writes');
    expect(paused).toContain('To go on: /dr retry promote, which looks at what became of promote.');
    expect(paused).toContain('/dr abort, then see that promote cannot take effect any more');
    expect(paused).toContain('with /dr restart-service region=primary, or by hand.');
    const over = say('failed', true, {});
    expect(over).toContain('To go on: /dr failover,');
    expect(over).not.toMatch(/retry|abort|undo/);
    expect(say('failed', true, { bringBack: [] })).toContain('bring what is fenced up again by hand.');
    expect(say('running', true, { ended: false })).toMatch(/promote is under way, and is watched to its end\.$/);
  });
});

describe('how what was under way ended', () => {
  it('names what is not known, and what was sent in vain', () => {
    expect(sayEnds([state('fence', 'done', true), state('traffic', 'not-run')])).toBe(
      'what was under way was seen to its end',
    );
    expect(
      sayEnds([state('fence', 'done', true), state('promote', 'unknown', true), state('scale', 'failed', true)]),
    ).toBe('what became of promote is not known; scale was sent and was not seen to be done');
    expect(sayEnds([state('replica', 'failed')])).toBe('what was under way was seen to its end');
  });
});
