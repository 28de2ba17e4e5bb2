import { describe, expect, it } from '@jest/globals';
import { changed, failoverText, faultsOf, readCommand } from './samples.ts';

const cases: [what: string, from: string, to: string, fault: string][] = [
  [
    'an unknown input',
    'count: ${{ inputs.tasks }}',
    'count: ${{ inputs.taks }}',
    '31:25 inputs has no taks: did you mean tasks?',
  ],
  [
    'an unknown resource',
    'resources.database[',
    'resources.databse[',
    '18:31 resources has no databse: did you mean database?',
  ],
  [
    'an unknown Region role',
    'regions.standby }}',
    'regions.standbyy }}',
    '17:27 regions has no standbyy: did you mean standby?',
  ],
  ['an unknown word', 'count: 0', 'count: ${{ input.tasks }}', '44:18 input is not known here: did you mean inputs?'],
  [
    'an output of no step',
    'count: 0',
    'count: ${{ steps.nothing.output }}',
    '44:24 steps has no nothing: known: replica, scale',
  ],
  [
    'an output that its action does not give',
    'count: 0',
    'count: ${{ steps.replica.output.lag_second }}',
    '44:39 steps.replica.output has no lag_second: did you mean lag_seconds?',
  ],
  [
    'an output that is not waited for',
    'count: ${{ inputs.tasks }}',
    'count: ${{ int(steps.replica.output.lag_seconds) }}',
    '31:22 scale reads the output of replica without waiting for it: add replica to its needs',
  ],
  [
    'a fraction for a whole number',
    'count: 0',
    'count: ${{ steps.replica.output.lag_seconds }}',
    '44:18 count wants a whole number, and the expression gives one that may have a fraction: make it whole with int(…)',
  ],
  [
    'a text for a whole number',
    'count: 0',
    'count: ${{ regions.active }}',
    '44:18 count wants a whole number, and the expression gives a text',
  ],
  [
    'an expression that cannot be read',
    'count: 0',
    'count: ${{ inputs.tasks + }}',
    '44:32 the expression cannot be read',
  ],
  [
    'an expression that does not type-check',
    'count: 0',
    'count: ${{ inputs.tasks + "a" }}',
    '44:18 the expression does not type-check: there is no int + string',
  ],
  ['an empty expression', 'count: 0', 'count: ${{ }}', '44:14 the expression is empty'],
  [
    'an expression inside a text',
    'count: 0',
    'count: "a ${{ inputs.tasks }}"',
    '44:14 an expression is the whole value',
  ],
  ['a duration as value', 'status: 200', "status: ${{ duration('15m') }}", 'the expression gives a duration'],
  [
    'a regular expression',
    'count: 0',
    "count: \"${{ 'a'.matches('(a+)+$') ? 1 : 2 }}\"",
    '44:19 matches() is not offered here',
  ],
  [
    'too many list operations',
    'count: 0',
    'count: ${{ size([1].map(a, [1].map(b, [1].map(c, [1].map(d, d))))) }}',
    'more than 3 list operations',
  ],
  ['a service without health', 'status: 200', 'contains: ${{ services.web.health }}', 'services.web has no health'],
  [
    'a resource that lacks a Region',
    'count: 0',
    'count: 0\n      minimum: \'${{ {"us-east-1": 1}[regions.standby] }}\'',
    'has no value while us-west-2 is the standby Region: No such key: us-west-2',
  ],
  [
    'a resource that is not what the field wants',
    'region: ${{ regions.standby }}',
    'region: ${{ resources.cluster[regions.standby] }}',
    '17:15 region: expected an AWS Region such as us-east-1, found "dr-cluster"',
  ],
  ['a number in quotes', 'count: 0', 'count: "0"', '44:14 count: expected a number, found "0": take the quotes away'],
  [
    'a number without quotes',
    'query: select',
    'query: 4 # select',
    '63:14 query: expected a text, found 4: put it in quotes',
  ],
  ['a number too low', 'count: 0', 'count: -1', '44:14 count: expected at least 0, found -1'],
  ['an unknown field', 'count: 0', 'cuont: 0', '44:7 ecs.scale-service has no field cuont: did you mean count?'],
  ['a missing field', '      count: 0\n', '', '40:5 count is missing: expected a number'],
  ['a missing phrase', 'confirm: FAILOVER\n', '', '48:11 rds.promote-read-replica cannot be undone'],
  ['a word of its own', 'name: failover', 'name: status', "4:7 status is a word of Muster's own"],
  [
    'another name than its file',
    'name: failover',
    'name: failovr',
    '4:7 name is failovr, but the file is failover.yml',
  ],
  [
    'needs that name nothing',
    'needs: [fence]',
    'needs: [fnce]',
    '50:13 fnce is no step of this command: did you mean fence?',
  ],
  [
    'a loop of needs',
    'needs: [replica]',
    'needs: [serving]',
    '38:12 these steps wait for one another: fence → serving → traffic → healthy → writable → promote → fence',
  ],
  [
    'a promotion without fence',
    '    fence: true\n',
    '',
    'promote promotes a database while the old one may still take writes',
  ],
  ['a promotion before the fence', 'needs: [fence]', 'needs: [replica]', 'let it need a step with fence: true'],
  [
    'a fence that graceful mode lacks',
    '    fence: true\n',
    '    fence: true\n    modes: [ungraceful]\n',
    'fence: true (in graceful mode)',
  ],
  [
    'a fence that may be left out',
    '    fence: true\n',
    '    fence: true\n    when: inputs.tasks > 4\n',
    'let it need a step with fence: true',
  ],
  [
    'traffic before healthy targets',
    'needs: [healthy]',
    'needs: [writable]',
    '78:9 traffic moves traffic to where nothing was seen to work',
  ],
  [
    'a fence that fences nothing',
    '    timeout: 2m\n',
    '    fence: true\n',
    '20:5 rds.check-replica changes nothing, so it fences nothing',
  ],
  ['two steps of one name', 'id: scale', 'id: replica', '23:9 there is already a step replica'],
  [
    'an unknown action',
    'uses: rds.check-replica',
    'uses: rds.chek-replica',
    '15:11 there is no action rds.chek-replica: did you mean rds.check-replica?',
  ],
  ['an unknown key', 'timeout: 2m', 'tiemout: 2m', '20:5 tiemout is not known here: did you mean timeout?'],
  [
    'an unknown mode',
    'timeout: 2m',
    'modes: [gracefull]',
    '20:13 modes[0]: expected one of graceful, ungraceful, found "gracefull": did you mean graceful?',
  ],
  ['an unknown service', 'timeout: 2m', 'service: apii', '20:14 apii is no service of muster.yml: did you mean api?'],
  [
    'a duration in words',
    'timeout: 2m',
    'timeout: 2 minutes',
    '20:14 timeout: expected a duration such as 30s, 15m, 4h or 2d, found "2 minutes"',
  ],
  ['a when that is no condition', 'timeout: 2m', 'when: inputs.tasks', '20:11 when wants true or false'],
  ['a when that reads the future', 'timeout: 2m', 'when: steps.scale.output.running > 3.0', 'it cannot read steps'],
  [
    'needs of a step that always runs',
    'timeout: 2m',
    'always: true\n    needs: []',
    '21:5 replica always runs, last and whatever happened',
  ],
  [
    'a need of a step that always runs',
    'timeout: 2m',
    'always: true',
    '38:13 replica always runs last, so nothing can need it',
  ],
  [
    'an input of an unknown type',
    'type: integer',
    'type: integr',
    '11:18 type: expected one of integer, string, boolean, instant, duration, found "integr"',
  ],
  [
    'a default out of bounds',
    'default: 10',
    'default: 1000',
    '11:3 tasks is an integer from 1 to 100, and its default 1000 is not',
  ],
  ['bounds the wrong way round', 'max: 100', 'max: 0', '11:3 tasks has a min of 1, above its max of 0'],
  [
    'an input called mode',
    'tasks: {',
    'mode: { type: boolean, default: true }\n  tasks: {',
    '11:3 mode is how people choose graceful or ungraceful',
  ],
  ['a key given twice', 'timeout: 2m', 'timeout: 2m\n    timeout: 3m', '21:5 this key is already given above'],
  ['a key that reaches a prototype', 'scenario:', '__proto__: { x: 1 }\nscenario:', '6:1 __proto__ cannot be a key'],
  [
    'an input that reaches a prototype',
    'tasks: {',
    'constructor: { type: boolean, default: true }\n  tasks: {',
    '11:3 constructor cannot be a key',
  ],
  ['a tag', 'scenario: ', 'scenario: !!js/function ', '6:'],
  [
    'an expression without quotes inside braces',
    '{ in_recovery: false',
    '{ in_recovery: ${{ true }}',
    'is written in quotes: "${{ … }}"',
  ],
];

describe('a faulty command is refused with its place and what to do', () => {
  it('has nothing against the shipped failover', () => {
    expect(faultsOf(() => readCommand(failoverText))).toEqual([]);
  });

  it.each(cases)('%s', (_, from, to, fault) => {
    const found = faultsOf(() => readCommand(changed(from, to)));
    expect(found.join('\n')).toContain(fault);
  });

  it('reports all faults at once, in the order of the file', () => {
    const text = changed('count: 0', 'cuont: 0', changed('max_lag:', 'max_lg:'));
    const lines = faultsOf(() => readCommand(text)).map((fault) => Number(fault.split(':')[0]));
    expect(lines.length).toBe(4);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it('refuses to read an output in a mode in which its step has no part', () => {
    const text = changed(
      'count: 0',
      'count: ${{ int(steps.replica.output.lag_seconds) }}',
      changed('timeout: 2m', 'modes: [graceful]'),
    );
    expect(faultsOf(() => readCommand(text)).join()).toContain('replica has no part in ungraceful mode');
  });
});
