import type { Step } from '../domain/command.ts';

/** What each step waits for: its own `needs`, or every step above it. A step that always runs waits for none by name. */
export function needsOf(steps: readonly Step[]): Map<string, string[]> {
  const above: string[] = [];
  const needs = new Map<string, string[]>();
  for (const step of steps) {
    needs.set(step.id, step.always ? [] : (step.needs ?? [...above]));
    if (!step.always) above.push(step.id);
  }
  return needs;
}

/** A loop of needs, as `[a, b, a]`, or undefined. */
export function findLoop(needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const finished = new Set<string>();
  const visit = (id: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (finished.has(id)) return undefined;
    for (const need of needs.get(id) ?? []) {
      const loop = visit(need, [...trail, id]);
      if (loop) return loop;
    }
    finished.add(id);
    return undefined;
  };
  for (const id of needs.keys()) {
    const loop = visit(id, []);
    if (loop) return loop;
  }
  return undefined;
}
