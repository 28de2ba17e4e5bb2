import { createStore } from '../../state/store.ts';
import type { Confirm } from '../types.ts';

export interface Question {
  confirm: Confirm;
  answer(decided: boolean): void;
}

/** The question that is open, if any. */
export const question = createStore<Question | null>(null);

/** Slack's confirmation dialog; resolves with what the person decided. */
export function ask(confirm: Confirm): Promise<boolean> {
  question.get()?.answer(false);
  return new Promise((resolve) => {
    question.set({
      confirm,
      answer: (decided) => {
        question.set(null);
        resolve(decided);
      },
    });
  });
}

/** A question of Slack's own. */
export function askPlainly(title: string, text: string, yes: string): Promise<boolean> {
  const plain = (words: string) => ({ type: 'plain_text', text: words }) as const;
  return ask({ title: plain(title), text: plain(text), confirm: plain(yes), deny: plain('Cancel'), style: 'danger' });
}
