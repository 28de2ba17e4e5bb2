/** A step as far as order and time are concerned. */
export interface Node {
  id: string;
  needs: readonly string[];
  ms: number;
}

/** The longest chain of steps by their estimates: what the whole cannot be faster than. Needs name earlier steps. */
export function criticalPath(nodes: readonly Node[]): { ms: number; path: string[] } {
  const finished = new Map<string, { ms: number; path: string[] }>();
  let longest: { ms: number; path: string[] } = { ms: 0, path: [] };
  for (const node of inOrder(nodes)) {
    const before = node.needs
      .map((need) => finished.get(need) ?? { ms: 0, path: [] })
      .reduce((a, b) => (b.ms > a.ms ? b : a), { ms: 0, path: [] as string[] });
    const here = { ms: before.ms + node.ms, path: [...before.path, node.id] };
    finished.set(node.id, here);
    if (here.ms > longest.ms) longest = here;
  }
  return longest;
}

/** All steps that a step waits for, however far. */
export function ancestorsOf(id: string, needs: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const next = [...(needs.get(id) ?? [])];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    next.push(...(needs.get(name) ?? []));
  }
  return found;
}

/** Every step after all that it needs; among equals the written order holds. */
export function inOrder<T extends { id: string; needs: readonly string[] }>(nodes: readonly T[]): T[] {
  const left = [...nodes];
  const placed = new Set<string>();
  const known = new Set(nodes.map((node) => node.id));
  const ordered: T[] = [];
  while (left.length > 0) {
    const at = left.findIndex((node) => node.needs.every((need) => placed.has(need) || !known.has(need)));
    const [next] = left.splice(at, 1);
    if (at < 0 || !next) throw new RangeError('steps need one another in a circle');
    placed.add(next.id);
    ordered.push(next);
  }
  return ordered;
}
