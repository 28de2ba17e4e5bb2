import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { wordsActingOn } from '../../src/commands/acting-on.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { changed, failover, home, readCommand } from './samples.ts';

const text = await readFile('commands/restart-service.yml', 'utf8');
const restart = readCommand(text, 'commands/restart-service.yml');
const input = { region: 'us-east-1', cluster: 'prod-cluster', service: 'app-service', count: 0 };
const regions = { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' };
const scope = { regions, resources: home.resources, services: home.system.services } as unknown as JsonObject;
const words = (command: typeof restart, fenced: JsonObject = input) =>
  wordsActingOn([failover, command], scope, [{ uses: 'ecs.scale-service', input: fenced }]);

it('the words that bring back what is fenced are those of a command that says another number for it', () => {
  expect(words(restart)).toEqual(['/dr restart-service region=active']);
  expect(words(restart, { ...input, region: 'us-west-2', cluster: 'dr-cluster' })).toEqual([
    '/dr restart-service region=standby',
  ]);
  expect(words(restart, { ...input, service: 'other' })).toEqual([]);
});

it.each([
  ['the same again', 'count: ${{ inputs.count }}\n      hold_autoscaling: false', 'count: 0'],
  ['the same, and lets autoscaling go on', 'count: ${{ inputs.count }}', 'count: 0'],
])('no word is given of a command that does %s', (_, from, to) => {
  const again = readCommand(changed(from, to, text), 'commands/restart-service.yml');
  expect(words(again, { ...input, hold_autoscaling: true })).toEqual([]);
});
