import prettyMs from 'pretty-ms';
import type { DataAtRisk } from '../../domain/action.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import type { KitContext } from '../kit/context.ts';

/** Until when writes count as lost: a primary that is given up took its last before the impact began. */
export function lossUntil({ mode, impactBeganAt, clock }: KitContext): Date {
  return mode === 'ungraceful' && impactBeganAt !== undefined ? impactBeganAt : clock.now();
}

/** What is not in a database that is restored to an instant: whatever was written since. */
export function leftBehind(instance: string, to: Date, ctx: KitContext): DataAtRisk {
  const until = lossUntil(ctx);
  const seconds = Math.max(0, Math.ceil((until.getTime() - to.getTime()) / 1_000));
  const when =
    until.getTime() === ctx.clock.now().getTime() ? 'by now' : 'until the impact began, and all that came later';
  const explain = `What was written to ${instance} after ${sayUtc(to)} is not in what is restored: ${sayAge(seconds)} ${when}.`;
  return { seconds, explain, since: to.toISOString() };
}

export function sayAge(seconds: number): string {
  return prettyMs(seconds * 1_000, { unitCount: 2 });
}
