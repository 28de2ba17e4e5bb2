import { post } from './post.ts';
import { createStore } from './store.ts';

/** Why time did not take the pace that was last asked for; null: it did. Shown beside the clock, whoever asked. */
export const paceRefused = createStore<string | null>(null);

/** Has time go so many times faster than real; 0 stops it. What is in the way is shown, and stops nobody. */
export async function setPace(scale: number): Promise<void> {
  try {
    await post('clock', { scale });
    paceRefused.set(null);
  } catch (error) {
    paceRefused.set(`Time was not set to ${scale}×: ${error instanceof Error ? error.message : String(error)}`);
  }
}
