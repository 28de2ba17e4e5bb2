import type { RecoveryNews } from '../../../recovery-news.ts';
import type { Person } from '../state/slices.ts';

/** Who declares and asks; undefined when every commander is asleep. */
export function commanderOf(people: readonly Person[]): Person | undefined {
  return people.find((one) => one.roles.includes('commanders') && !one.asleep);
}

type Asked = Pick<RecoveryNews['consents'][number], 'requestedBy' | 'approvals'>;

/** Who is awake and may approve what somebody else asked for, and has not done so yet. */
export function approverOf(people: readonly Person[], asked: Asked | undefined): Person | undefined {
  const had = [asked?.requestedBy, ...(asked?.approvals ?? []).map(({ by }) => by)];
  return people.find((one) => one.roles.includes('approvers') && !had.includes(one.name) && !one.asleep);
}
