import type { Draft } from '../lint/draft.ts';

/** Whether an action changes something. */
export function isEffect({ catalogue }: Pick<Draft, 'catalogue'>, action: string): boolean {
  const kind = catalogue.get(action)?.kind;
  return kind === 'once' || kind === 'converge';
}

/** Whether an action takes something away, by its verb. */
export function isRemoval(action: string): boolean {
  return /\.(delete|destroy|terminate)(-|$)/.test(action);
}
