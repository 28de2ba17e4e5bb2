import { describe, expect, it } from '@jest/globals';
import { Command } from '../../src/domain/command.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { checkDeclaration } from '../../src/incidents/check-declaration.ts';
import { townHome } from '../support/town.ts';

const now = new Date('2026-11-21T12:00:00Z');
const commandFor = (name: string, scenario?: string) =>
  Command.parse({ name, title: name, scenario, steps: [{ id: 'one', uses: 'manual.checkpoint' }] });
const commands = [commandFor('failover', 'region-outage'), commandFor('restart'), commandFor('wipe', 'Ransom Note')];
const declared = (scenario?: string) =>
  checkDeclaration(
    { home: townHome, commands },
    {
      title: 'Keys leaked',
      severity: 'P1',
      services: ['api'],
      impactBeganAt: now,
      requestKey: 'form-1',
      ...(scenario !== undefined && { scenario }),
    },
    now,
  ).scenario;

describe('the scenario of a declaration', () => {
  it.each([
    'security-breach',
    'Security breach',
    ' SECURITY_BREACH ',
    'security\u00a0–\u00a0breach',
    'SecurityBreach',
    'Ｓecurity breach',
  ])('is a security breach, written as %j', (typed) => {
    expect(declared(typed)).toBe('security-breach');
  });

  it.each([
    ['Region outage', 'region-outage'],
    ['ransom_note', 'Ransom Note'],
    ['  ', undefined],
    [undefined, undefined],
  ])('%j is %j of a command', (typed, known) => {
    expect(declared(typed)).toBe(known);
  });

  it.each([
    ['securty breach', 'did you mean security-breach?'],
    ['data leak', 'known: region-outage, Ransom Note, security-breach'],
    ['---', 'known: '],
    ['x'.repeat(76), 'has 76 characters: at most 75 are expected'],
  ])('%j is refused, for nobody knows what it keeps silent', (typed, sentence) => {
    const refused = expect(() => declared(typed));
    refused.toThrow(sentence);
    refused.toThrow(expect.objectContaining({ field: 'scenario', constructor: Refusal }));
  });
});
