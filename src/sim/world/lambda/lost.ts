import type { State } from '../state.ts';

/** Functions that are lost go at once, with what calls them, and do not come back when the fault is cleared. */
export function settleFunctions(state: State): void {
  const { lambda } = state;
  for (const { id, fault } of state.faults) {
    if (fault.kind !== 'functions-lost' || lambda.struck.includes(id)) continue;
    lambda.struck.push(id);
    const isLost = (name: string, region: string): boolean => region === fault.region && name.startsWith(fault.prefix);
    lambda.functions = lambda.functions.filter(({ name, region }) => !isLost(name, region));
    lambda.eventSources = lambda.eventSources.filter((one) => !isLost(one.function, one.region));
  }
}
