import { describe, expect, it } from '@jest/globals';
import { declareFirstModal, declareModal } from '../../../src/slack/presenters/modals/declare.ts';
import { townHome as home } from '../../support/town.ts';

const now = new Date('2026-11-21T12:00:00Z');
const ask = { home, commands: [], now, title: '', metadata: '', simulated: false };

describe('the form that declares an incident', () => {
  it.each([
    ['/dr declare', declareModal(ask)],
    ['a command', declareFirstModal({ ...ask, command: 'failover' })],
  ])('of %s offers a security breach though no command is for one', (_of, modal) => {
    expect(modal.blocks.find((block) => block.block_id === 'scenario')).toMatchObject({
      optional: true,
      element: { options: [{ value: 'security-breach' }] },
    });
  });
});
