import { describe, expect, it } from '@jest/globals';
import { selectSteps } from '../../src/commands/effective-needs.ts';
import type { Command, Mode } from '../../src/domain/command.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { failover, stepsOf } from './samples.ts';

function needsIn(command: Command, mode: Mode = 'graceful', scope: JsonObject = { regions: { active: 'us-east-1' } }) {
  return Object.fromEntries(selectSteps(command, mode, scope).map((step) => [step.id, step.needs]));
}

const check = 'uses: manual.checkpoint, with: { instructions: Look }';

describe('steps that take part and what they wait for', () => {
  it('runs the shipped failover as early as its needs allow', () => {
    expect(needsIn(failover)).toEqual({
      replica: [],
      scale: [],
      fence: ['replica'],
      promote: ['fence'],
      writable: ['promote'],
      healthy: ['writable', 'scale'],
      traffic: ['healthy'],
      serving: ['traffic'],
    });
  });

  it('lets a step without needs wait for all above it', () => {
    const command = stepsOf(`  - { id: a, ${check} }\n  - { id: b, ${check}, needs: [] }\n  - { id: c, ${check} }\n`);
    expect(needsIn(command)).toEqual({ a: [], b: [], c: ['a', 'b'] });
  });

  it('hands on the needs of steps that the mode leaves out, however many in a row', () => {
    const command = stepsOf(
      `  - { id: a, ${check} }
  - { id: b, ${check}, needs: [a], modes: [graceful] }
  - { id: c, ${check}, needs: [b], modes: [graceful] }
  - { id: d, ${check}, needs: [c] }\n`,
    );
    expect(needsIn(command).d).toEqual(['c']);
    expect(needsIn(command, 'ungraceful')).toEqual({ a: [], d: ['a'] });
  });

  it('leaves out what its condition leaves out', () => {
    const command = stepsOf(
      `  - { id: a, ${check} }\n  - { id: b, ${check}, when: regions.active == "us-west-2" }\n  - { id: c, ${check}, needs: [b] }\n`,
    );
    expect(needsIn(command)).toEqual({ a: [], c: ['a'] });
    expect(needsIn(command, 'graceful', { regions: { active: 'us-west-2' } })).toEqual({ a: [], b: ['a'], c: ['b'] });
  });

  it('puts steps that always run last, and lets nothing wait for them', () => {
    const command = stepsOf(
      `  - { id: a, ${check}, always: true }\n  - { id: b, ${check} }\n  - { id: c, ${check} }\n`,
    );
    expect(selectSteps(command, 'graceful', {}).map((step) => step.id)).toEqual(['b', 'c', 'a']);
    expect(needsIn(command)).toEqual({ b: [], c: ['b'], a: [] });
  });

  it('never takes a condition that cannot be evaluated as met or unmet', () => {
    const command = stepsOf(`  - { id: a, ${check}, when: regions.active == "us-west-2" }\n`);
    expect(() => selectSteps(command, 'graceful', {})).toThrow(
      'when: regions.active == "us-west-2" cannot be evaluated: Unknown variable: regions',
    );
  });
});
