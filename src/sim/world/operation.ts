import type { State } from './state.ts';

/** A call as an operation sees it. */
export interface Scene {
  state: State;
  region: string;
}

export interface Operation {
  run(scene: Scene, input: Record<string, unknown>): Record<string, unknown>;
  /** What it changes, as `rds:dr-database`; absent for readings. */
  target?: (input: Record<string, unknown>) => string;
}

export type Operations = Readonly<Record<string, Operation>>;

type Answer<Output> = Omit<Output, '$metadata'>;

/** An operation that changes nothing, typed by the SDK's own input and output. */
export function reading<Input, Output>(run: (scene: Scene, input: Input) => Answer<Output>): Operation {
  return { run: (scene, input) => run(scene, input as Input) as Record<string, unknown> };
}

/** An operation that changes something: it is written into the effects log whether accepted or refused. */
export function effect<Input, Output>(
  target: (input: Input) => string,
  run: (scene: Scene, input: Input) => Answer<Output>,
): Operation {
  return { ...reading<Input, Output>(run), target: (input) => target(input as Input) };
}
