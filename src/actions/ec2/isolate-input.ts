import { z } from 'zod';
import { instant, region } from '../kit/fields.ts';
import { groupId, Interface, instanceId } from './instance.ts';

const profile = z.string().nullable().describe('ARN of the instance profile; null for none.');
const protection = z.boolean().describe('Termination protection is on.');

export const IsolateInput = z.strictObject({
  region,
  instance: instanceId,
  containment_group: groupId.describe(
    "Security group of the instance's VPC without any rule: it lets nothing through.",
  ),
  untrack_group: groupId
    .optional()
    .describe(
      'Security group that allows all both ways, put on for a moment before: it makes open connections untracked, so that the containment group cuts them. Without it they stay until they end.',
    ),
  release: z
    .strictObject({ interfaces: z.array(Interface).min(1), termination_protection: protection, profile })
    .optional()
    .describe('What to give back instead of isolating, as it was captured.'),
});
export type IsolateInput = z.output<typeof IsolateInput>;

export const IsolateOutput = z.strictObject({
  interfaces: z.array(Interface).describe('Its network interfaces as they are now.'),
  profile,
});

export const IsolateCaptured = z.strictObject({
  at: instant,
  interfaces: z.array(Interface).min(1),
  termination_protection: protection,
  profile,
});
export type IsolateCaptured = z.output<typeof IsolateCaptured>;

/** What an instance shows of its isolation. */
export type Standing = Pick<IsolateCaptured, 'interfaces' | 'termination_protection' | 'profile'>;

/** How it is to stand. `now` has the interfaces that it has. */
export function wantedStanding(input: IsolateInput, now: Pick<Standing, 'interfaces'>): Standing {
  if (input.release) return input.release;
  return {
    interfaces: now.interfaces.map(({ id }) => ({ id, groups: [input.containment_group] })),
    termination_protection: true,
    profile: null,
  };
}

export function isSameStanding(one: Standing, other: Standing): boolean {
  const flat = (standing: Standing): string =>
    JSON.stringify([
      standing.interfaces.map(({ id, groups }) => [id, ...[...groups].sort()].join(' ')).sort(),
      standing.termination_protection,
      standing.profile,
    ]);
  return flat(one) === flat(other);
}
