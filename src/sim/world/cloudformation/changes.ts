import { type Described, replaces } from './resolve.ts';
import type { Change, Stack } from './state.ts';

/** What going from one description to another would do, resource by resource. */
export function compareResources(
  held: Stack['resources'],
  before: Record<string, Described>,
  after: Record<string, Described>,
): Change[] {
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return ids.flatMap((logicalId) => changeOf(logicalId, held, before[logicalId], after[logicalId]) ?? []);
}

function changeOf(
  logicalId: string,
  held: Stack['resources'],
  before: Described | undefined,
  after: Described | undefined,
): Change | undefined {
  const physicalId = held[logicalId]?.physicalId ?? null;
  const of = { logicalId, physicalId, type: after?.type ?? before?.type ?? '', replacement: false, retained: false };
  if (before === undefined) return { ...of, action: 'Add', physicalId: null };
  if (after === undefined) return { ...of, action: 'Remove', retained: before.retained };
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  return { ...of, action: 'Modify', replacement: replaces(before, after), retained: before.retained };
}
