import type { Plan } from './plan.ts';

type Objectives = Plan['objectives'];

/** What time and loss are counted against: the command's own objectives or what its services are owed, the stricter. */
export function countedFor({ objectives, owed: ofServices }: Pick<Plan, 'objectives' | 'owed'>): Objectives {
  const owed: Objectives = ofServices ?? objectives;
  const rto = isStricter(owed.rtoMs, objectives.rtoMs) ? owed : objectives;
  const rpo = isStricter(owed.rpoMs, objectives.rpoMs) ? owed : objectives;
  return {
    rtoMs: rto.rtoMs,
    rpoMs: rpo.rpoMs,
    ...(rto.rtoOf !== undefined && { rtoOf: rto.rtoOf }),
    ...(rpo.rpoOf !== undefined && { rpoOf: rpo.rpoOf }),
  };
}

/** The RTO of the command itself, in milliseconds, where it leaves more time than is counted; else null. */
export function ownRtoMs(plan: Pick<Plan, 'objectives' | 'owed'>): number | null {
  const { rtoMs } = plan.objectives;
  return rtoMs === countedFor(plan).rtoMs ? null : rtoMs;
}

function isStricter(one: number | null, other: number | null): boolean {
  return one !== null && (other === null || one < other);
}
