import { describe, expect, it } from '@jest/globals';
import { type ItemState, outputOf, sayProgress } from '../../src/domain/checklist.ts';

const item = (id: string, answer: ItemState['answer']): ItemState => ({
  ...{ id, text: id, owner: null, dueAt: null, answer, reason: answer === null ? null : 'as on the board' },
  ...{ answeredBy: answer === null ? null : 'ana', answeredAt: answer === null ? null : new Date(0) },
});

describe('a checklist', () => {
  it('is answered once each of its items is, and one without items never', () => {
    expect(outputOf([])).toBeNull();
    expect(outputOf([item('a', 'done'), item('b', null)])).toBeNull();
    expect(outputOf([item('a', 'done'), item('b', 'declined')])).toMatchObject({
      done: [{ item: 'a', by: 'ana' }],
      declined: [{ item: 'b', reason: 'as on the board' }],
    });
    expect(sayProgress([])).toBe('0 of 0 answered');
  });
});
