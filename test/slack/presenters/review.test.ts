import { describe, expect, it } from '@jest/globals';
import { presentReport } from '../../../src/slack/presenters/review.ts';
import { townHome as home } from '../../support/town.ts';

describe('the answer to /dr report', () => {
  it('shows whole lines of how the document begins, and no heading without what it is of', () => {
    const line = 'What was seen then, to the second. ';
    const markdown = ['# Post-mortem', '', `${line.repeat(38)}end.`, '', '## Timeline', '', line.repeat(20)].join('\n');
    const file = { name: 'inc-7.md', markdown };
    const { blocks } = presentReport({ file, reviews: [] }, { home, label: 'INC-7', sent: true, simulated: false });
    const shown = JSON.stringify(blocks);
    expect(shown).toContain('How it begins');
    expect(shown).toContain('end.');
    expect(shown).not.toMatch(/cut:|Timeline/);
  });
});
