import type { DataAtRisk } from '../../domain/action.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import type { KitContext } from '../kit/context.ts';

/** What is not in a table that is restored to an instant: whatever was written since. */
export function leftBehind(table: string, to: Date, ctx: KitContext): DataAtRisk {
  const seconds = Math.max(0, Math.ceil((ctx.clock.now().getTime() - to.getTime()) / 1_000));
  const explain = `What was written to ${table} after ${sayUtc(to)} is not in what is restored: ${seconds} s by now.`;
  return { seconds, explain, since: to.toISOString() };
}
