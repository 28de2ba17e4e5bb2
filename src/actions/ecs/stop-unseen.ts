import type { Service } from '@aws-sdk/client-ecs';
import type { KitContext } from '../kit/context.ts';
import { suspendedWhole } from './autoscaling.ts';
import type { ScaleInput } from './scale-input.ts';
import { setAutoscaling, setDesiredCount } from './service.ts';

/** Whether a service can be stopped although its autoscaling cannot be read: held or not, the count alone fences it. */
export function stopsUnseen({ count, autoscaling }: ScaleInput): boolean {
  return count === 0 && autoscaling === undefined;
}

/**
 * The count goes first, for it is what fences; whether autoscaling is held is verified afterwards. It is suspended
 * without a range: that holds whatever range there is, and makes none where there was none.
 */
export async function stopUnseen(input: ScaleInput, ctx: KitContext): Promise<Service | undefined> {
  const counted = await attempt(() => setDesiredCount(input, 0, ctx));
  const held = input.hold_autoscaling
    ? await attempt(() => setAutoscaling(input, { suspended: suspendedWhole }, ctx))
    : undefined;
  if (counted.ok) return counted.value;
  throw held?.ok === false ? new Error(`${counted.why} ${held.why}`) : counted.error;
}

type Attempt<T> = { ok: true; value: T } | { ok: false; error: unknown; why: string };

async function attempt<T>(send: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await send() };
  } catch (error) {
    return { ok: false, error, why: error instanceof Error ? error.message : String(error) };
  }
}
