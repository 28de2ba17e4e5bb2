import { describe, expect, it } from '@jest/globals';
import { askNow } from '../../../src/recovery/run/ask-now.ts';

const words = "${{ 'Bad: ' + string(steps.scanned.output.bad) }}";
const planned = { with: { instructions: words }, input: {} };

describe('what people are asked', () => {
  it('has what an earlier step gave', () => {
    const steps = [{ id: 'scanned', output: { bad: 37 } }];
    expect(askNow({ scope: {} }, planned, steps)).toEqual({ instructions: 'Bad: 37' });
  });

  it('says what it lacks, and is asked all the same', () => {
    expect(askNow({ scope: {} }, planned, [{ id: 'scanned', output: null }])).toEqual({
      instructions: 'Not all that is asked here can be said. It lacks its instructions (scanned gave nothing).',
    });
    expect(askNow({ scope: {} }, planned, [{ id: 'scanned', output: {} }])).toEqual({
      instructions: expect.stringContaining('Not all that is asked here can be said. instructions: '),
    });
  });
});
