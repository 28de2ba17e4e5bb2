import type { KitContext } from '../kit/context.ts';
import { mapReading, type Reading } from '../kit/reading.ts';
import { type InstanceRef, type Profile, readInstance, readProfile, readProtection } from './instance.ts';
import type { Standing } from './isolate-input.ts';

/** An instance profile takes seconds to come and to go: `heading` counts what it is on its way to, `settled` what is so. */
export async function readStanding(
  ref: InstanceRef,
  as: 'heading' | 'settled',
  ctx: KitContext,
): Promise<Reading<Standing>> {
  const [instance, kept, profile] = await Promise.all([
    readInstance(ref, ctx),
    readProtection(ref, ctx),
    readProfile(ref, ctx),
  ]);
  if (!instance.ok) return instance;
  if (!kept.ok) return kept;
  return mapReading(profile, (one) => ({
    interfaces: instance.value.interfaces,
    termination_protection: kept.value,
    profile: one !== null && counts(one, as) ? one.arn : null,
  }));
}

function counts({ state }: Profile, as: 'heading' | 'settled'): boolean {
  return state !== (as === 'heading' ? 'disassociating' : 'associating');
}
