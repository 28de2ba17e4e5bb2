import { describe, expect, it } from '@jest/globals';
import { approvalsOf, objectiveOf, phraseOf } from '../../src/commands/defaults.ts';
import { fixedScope } from '../../src/commands/fixed-scope.ts';
import { whoseObjective } from '../../src/domain/objectives.ts';
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

  it('knows whose the nearest objective is', () => {
    const own = { ...failover, objectives: { rpo: '5m' } };
    const whose = (name: 'rto' | 'rpo', services: string[], of = home) => whoseObjective(name, of, services, own);
    expect([whose('rpo', ['api']), whose('rto', ['web', 'api']), whose('rto', ['web'])]).toEqual([
      'failover',
      'api',
      'the system',
    ]);
    const tiered = { ...home, system: { ...home.system, tiers: { high: { title: 'P1', rto: '3h' } } } };
    expect(whose('rto', ['web'], tiered)).toBe('tier P1');
    expect(whose('rto', ['web'], { ...home, system: { ...home.system, objectives: {} } })).toBeNull();
  });

  it('takes a tier between the service and the system, and the strictest of several', () => {
    const tiers = { critical: { rto: '2h' }, high: { rto: '3h', rpo: '30m' }, normal: {} };
    const tiered = { ...home, system: { ...home.system, tiers } };
    expect(objectiveOf(failover, tiered, ['web'])).toEqual({ rto: '3h', rpo: '30m' });
    expect(objectiveOf(failover, tiered, ['admin'])).toEqual({ rto: '4h', rpo: '1h' });
    expect(objectiveOf(failover, tiered, ['web', 'admin', 'api'])).toEqual({ rto: '1h', rpo: '15m' });
    expect(objectiveOf({ ...failover, objectives: { rto: '5h' } }, tiered, ['web']).rto).toBe('5h');
    expect(fixedScope(tiered).services).toMatchObject({
      web: { rto: '3h', rpo: '30m' },
      api: { rto: '1h', rpo: '15m' },
    });
  });
});
