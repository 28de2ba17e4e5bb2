import { describe, expect, it } from '@jest/globals';
import { type Refusing, refusing } from '../../../src/commands/rules/refusing.ts';
import { found, foundIn } from './check.ts';

const looked = '\nsteps:\n  - { id: looked, uses: http.check, with: { url: "https://a.example" } }';
const scale = 'uses: ecs.scale-service, with: { region: us-east-1, cluster: c, service: s, count: 2 }';
const lag = '{ region: us-east-1, instance: db, max_lag: 15m }';

/** A piece of a command that breaks each rule. */
const broken: Record<Exclude<Refusing, 'command-name' | 'unconfirmed'>, string> = {
  'unknown-name': '\nsteps:\n  - { id: one, uses: no.such }',
  'missing-field': '\nsteps:\n  - { id: one, uses: http.check }',
  'no-region': '\nsteps:\n  - { id: one, uses: rds.check-replica, with: { instance: db, max_lag: 15m } }',
  'wrong-value': '\nsteps:\n  - { id: one, uses: http.check, with: { url: nowhere } }',
  expression: '\nsteps:\n  - { id: one, uses: http.check, with: { url: "${{ inputs.nothing }}" } }',
  'output-not-awaited': `\nsteps:\n  - { id: lag, uses: rds.check-replica, with: ${lag} }\n  - { id: one, uses: http.check, needs: [], with: { url: "\${{ steps.lag.output.source }}" } }`,
  condition: `${looked.replace('uses:', 'when: inputs, uses:')}`,
  input: `\ninputs:\n  count: { type: integer, min: 4, max: 2 }${looked}`,
  needs: `${looked}\n  - { id: looked, uses: http.check, with: { url: "https://a.example" } }`,
  'fence-of-nothing': looked.replace('uses:', 'fence: true, uses:'),
  'promotion-without-fence':
    '\nsteps:\n  - { id: one, uses: rds.promote-read-replica, timeout: 30m, with: { region: us-west-2, instance: db } }',
  'traffic-before-verified': `\nsteps:\n  - { id: scale, ${scale} }\n  - { id: move, uses: route53.upsert-record, with: { zone_id: Z0, name: a.example, type: CNAME, values: [b.example], ttl: 60 } }`,
  'test-acts-on-real': `\npurpose: drill\nsteps:\n  - { id: stop, fence: true, ${scale.replace('count: 2', 'count: 0')} }`,
};

describe('a command is refused by its rule', () => {
  it.each(Object.entries(broken))('%s', (rule, piece) => {
    expect(foundIn(piece).map((one) => one.replace(/^\S+ /, ''))).toContain(rule);
  });

  it('command-name and unconfirmed, by what stands at its top', () => {
    const text = `name: status\ntitle: Tried${broken['promotion-without-fence']}\n`;
    const rules = found(text, 'status.yml').map((one) => one.replace(/^\S+ /, ''));
    expect(rules).toEqual(['command-name', 'promotion-without-fence', 'unconfirmed']);
  });

  it('and every such rule is tried here', () => {
    expect(Object.keys(refusing).toSorted()).toEqual(
      [...Object.keys(broken), 'command-name', 'unconfirmed'].toSorted(),
    );
  });
});
