import { expect, it } from '@jest/globals';
import { consentSentence } from '../../src/slack/listeners/sentences.ts';
import { consentViewOf } from './views.ts';

const amendment = { kind: 'skip', step: 'scale', reason: 'the quota is used up' } as const;

it.each([
  ['what somebody approved', { needed: 1 }, 'Fail over to the standby Region (K7F3Q2) is approved and starts now.'],
  ['what nobody had to approve', { needed: 0 }, 'Fail over to the standby Region (K7F3Q2) starts now.'],
  ['a change that was approved', { needed: 1, amendment }, 'The change K7F3Q2 is approved and taken up now.'],
  ['a change that nobody had to approve', { needed: 0, amendment }, 'The change K7F3Q2 is taken up now.'],
])('says of %s how it goes on', (_what, consent, sentence) => {
  expect(consentSentence(consentViewOf({ state: 'granted', ...consent }))).toBe(sentence);
});
