import { describe, expect, it } from '@jest/globals';
import { objectiveOf } from '../../src/commands/defaults.ts';
import { selectSteps } from '../../src/commands/effective-needs.ts';
import { evaluateCondition, evaluateWith } from '../../src/commands/evaluate.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { scopeOf } from '../../src/recovery/plan/scope.ts';
import { failover, home } from './samples.ts';

const scope = {
  inputs: { tasks: 4, ratio: 0.5, name: 'api' },
  regions: { standby: 'us-west-2' },
  resources: { ports: [1, 2, 3] },
};

function evaluateOne(expression: string, outputs = {}) {
  return evaluateWith({ field: `\${{ ${expression} }}` }, scope, outputs);
}

describe('the inputs of a step', () => {
  it.each([
    ['inputs.tasks', 4],
    ['inputs.tasks * 2', 8],
    ['inputs.tasks / 3', 1],
    ['inputs.tasks * inputs.ratio', 2],
    ['inputs.ratio', 0.5],
    ['string(inputs.tasks) + " tasks"', '4 tasks'],
    ['inputs.tasks > 3 ? "many" : "few"', 'many'],
    ['resources.ports.filter(one, one > 1)', [2, 3]],
    ['{"name": inputs.name, "tasks": inputs.tasks}', { name: 'api', tasks: 4 }],
    ['3u', 3],
    ['null', null],
  ])('%s', (expression, value) => {
    expect(evaluateOne(expression)).toEqual({ input: { field: value }, later: {} });
  });

  it('takes literals as they are and looks inside maps and lists', () => {
    const written = { count: 3, expect: { a: '${{ inputs.name }}', b: [true, '${{ inputs.tasks }}'] } };
    expect(evaluateWith(written, scope, {}).input).toEqual({ count: 3, expect: { a: 'api', b: [true, 4] } });
  });

  it('puts off a field until every output that it reads is there', () => {
    const written = { known: 1, late: ['${{ steps.a.output.n + steps.b.output.n }}'] };
    expect(evaluateWith(written, scope, { a: { n: 1 } })).toEqual({ input: { known: 1 }, later: { late: ['b'] } });
    expect(evaluateWith(written, scope, { a: undefined }).later).toEqual({ late: ['a', 'b'] });
    expect(evaluateWith(written, scope, { a: { n: 1 }, b: { n: 2 } })).toEqual({
      input: { known: 1, late: [3] },
      later: {},
    });
  });

  it('keeps fractions of outputs, whole or not', () => {
    expect(evaluateOne('steps.a.output.lag / 60', { a: { lag: 90 } }).input).toEqual({ field: 1.5 });
    expect(evaluateOne('int(steps.a.output.lag / 60)', { a: { lag: 90 } }).input).toEqual({ field: 1 });
    expect(evaluateOne('steps.a.output.lag == 90', { a: { lag: 90 } }).input).toEqual({ field: true });
  });

  it.each([
    ['inputs.nothing', 'field: inputs.nothing cannot be evaluated: No such key: nothing'],
    ['inputs.constructor', 'No such key: constructor'],
    ['inputs.__proto__', 'No such key: __proto__'],
    ['inputs.tasks / 0', 'division by zero'],
    ['9007199254740993', 'the result is too large a number'],
    ['1.0 / 0.0', 'the result is not a finite number'],
    ['b"abc"', 'the result is not text'],
    ['duration("15m")', 'the result is not text'],
    ['timestamp("2026-03-01T14:05:00Z")', 'the result is not text'],
  ])('refuses %s in one sentence', (expression, sentence) => {
    expect(() => evaluateOne(expression)).toThrow(sentence);
  });

  it('cannot be kept busy by an expression of any size', () => {
    expect(() => evaluateOne(Array(2_000).fill('1').join(' + '))).toThrow('cannot be evaluated');
    expect(() => evaluateOne(`${'('.repeat(500)}1${')'.repeat(500)}`)).toThrow('cannot be evaluated');
  });

  it('cannot be kept busy by the values that it goes through, nor by a pattern', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => index);
    const over = (expression: string) => () => evaluateWith({ field: `\${{ ${expression} }}` }, { many }, {});
    expect(over('many.map(a, a + 1)[0]')()).toMatchObject({ input: { field: 1 } });
    expect(over('many.map(a, many.map(b, many.map(c, 1)))')).toThrow(
      'field: many.map(a, many.map(b, many.map(c, 1))) cannot be evaluated: it would go through 20000 entries 3 times within each other, which takes too long.',
    );
    expect(over('[1].map(a, [1].map(b, [1].map(c, [1].map(d, 1))))')).toThrow('it has 4 macros such as map');
    expect(over(`"${'a'.repeat(60)}!".matches("(a+)+$")`)).toThrow('matches() is not offered here');
  });

  it('cannot be made to grow by adding to itself what it names', () => {
    const twelve = (name: string) => Array(12).fill(name).join(' + ');
    const grown = (from: string) =>
      evaluateOne(`cel.bind(a, ${from}, cel.bind(b, ${twelve('a')}, cel.bind(c, ${twelve('b')}, ${twelve('c')})))`);
    expect(() => grown('["x"]')).toThrow('it adds 33 times within 3 macros such as bind, which may grow too long');
    expect(() => grown('"x"')).toThrow('which may grow too long');
    expect(evaluateOne('cel.bind(a, "x", a + a)').input.field).toBe('xx');
  });
});

describe('a condition', () => {
  it('is CEL with or without braces', () => {
    expect(evaluateCondition('inputs.tasks > 3', scope)).toBe(true);
    expect(evaluateCondition('${{ inputs.tasks > 4 }}', scope)).toBe(false);
  });

  it('is neither met nor unmet when it gives something else', () => {
    expect(() => evaluateCondition('inputs.tasks', scope)).toThrow('should give true or false: found 4');
  });
});

const at = new Date('2026-03-01T14:05:00Z');
const incident: Incident = {
  id: 1,
  kind: 'incident',
  title: 'Region dark',
  severity: 'P1',
  phase: 'investigating',
  services: ['api'],
  scenario: null,
  commander: 'ana',
  declaredBy: 'ana',
  impactBeganAt: at,
  declaredAt: at,
  resolvedAt: null,
  closedAt: null,
  channel: null,
  channelName: 'inc-1',
};

describe('the shipped failover, by Regions alone', () => {
  const { primary, recovery } = home.system.regions;
  const inputsIn = (active: string, standby: string) => {
    const regions = { active, standby, primary, recovery };
    const objectives = objectiveOf(failover, home, incident.services);
    const now = scopeOf({
      home,
      command: failover,
      incident,
      regions,
      mode: 'graceful',
      inputs: { tasks: 3 },
      objectives,
    });
    return Object.fromEntries(
      selectSteps(failover, 'graceful', now).map((step) => [step.id, evaluateWith(step.with, now, {}).input]),
    );
  };

  it('goes from the primary to the recovery Region', () => {
    const inputs = inputsIn(primary, recovery);
    expect(inputs.replica).toEqual({ region: 'us-west-2', instance: 'dr-database', max_lag: '15m' });
    expect(inputs.scale).toEqual({
      region: 'us-west-2',
      cluster: 'dr-cluster',
      service: 'app-service',
      count: 3,
      minimum: 3,
    });
    expect(inputs.fence).toEqual({ region: 'us-east-1', cluster: 'prod-cluster', service: 'app-service', count: 0 });
    expect(inputs.writable).toMatchObject({ connection: 'env:ACME_DB_US_WEST_2' });
    expect(inputs.traffic).toMatchObject({
      region: 'us-west-2',
      present: true,
      target: 'dr-alb.us-west-2.elb.amazonaws.com',
      to: 'us-west-2',
    });
  });

  it('goes back the same way', () => {
    const inputs = inputsIn(recovery, primary);
    expect(inputs.promote).toEqual({ region: 'us-east-1', instance: 'prod-database' });
    expect(inputs.fence).toMatchObject({ region: 'us-west-2', cluster: 'dr-cluster', count: 0 });
    expect(inputs.traffic).toMatchObject({
      region: 'us-west-2',
      present: false,
      target: 'prod-alb.us-east-1.elb.amazonaws.com',
      to: 'us-east-1',
    });
  });
});
