import { describe, expect, it } from '@jest/globals';
import { approvalsOf, objectiveOf, phraseOf } from '../../src/commands/defaults.ts';
import { catalogue } from './catalogue.ts';
import { failover, home, stepsOf } from './samples.ts';

const harmless = { ...stepsOf('  - { id: a, uses: manual.checkpoint, with: { instructions: Look } }\n') };
const { confirm: _, approvals: __, ...unstated } = failover;
const { confirm: ___, ...unconfirmed } = harmless;

describe('what a command leaves unsaid', () => {
  it('asks for one approval where a step is irreversible or moves traffic', () => {
    expect(approvalsOf(unstated, catalogue)).toBe(1);
    expect(approvalsOf(harmless, catalogue)).toBe(0);
    expect(approvalsOf({ ...unstated, approvals: 2 }, catalogue)).toBe(2);
  });

  it('asks for a phrase only where it matters', () => {
    expect(phraseOf(failover, catalogue)).toBe('FAILOVER');
    expect(phraseOf(unstated, catalogue)).toBe('FAILOVER');
    expect(phraseOf(unconfirmed, catalogue)).toBeNull();
  });

  it('takes the nearest objective: command, then the strictest service, then the system', () => {
    expect(objectiveOf({ ...failover, objectives: { rpo: '5m' } }, home, ['api'])).toEqual({ rto: '1h', rpo: '5m' });
    expect(objectiveOf(failover, home, ['web', 'api'])).toEqual({ rto: '1h', rpo: '15m' });
    expect(objectiveOf(failover, home, ['web'])).toEqual({ rto: '4h', rpo: '1h' });
    const without = { ...home, system: { ...home.system, objectives: {} } };
    expect(objectiveOf(failover, without, ['web', 'constructor'])).toEqual({ rto: null, rpo: null });
  });
});
