import type { Home } from '../../src/domain/home.ts';
import type { BotProcess } from '../bot-process.ts';
import type { OfferedCommand } from '../command-news.ts';
import type { FarEnds } from '../far-ends.ts';
import type { RecoveryNews } from '../recovery-news.ts';

/** What the guided run is played on: the simulated world, and Muster beside it. */
export interface Stage {
  home: Home;
  farEnds: FarEnds;
  bot: Pick<BotProcess, 'state' | 'recovery' | 'commands' | 'changes'>;
}

/** Real milliseconds that Muster may take to do what it was asked. */
const patienceMs = 60_000;

/** Waits for what Muster tells of the recovery. Rejects with what was waited for. */
export function untilTold<T>(
  { bot }: Stage,
  read: (news: RecoveryNews) => T | undefined | false | null,
  what: string,
  timeoutMs = patienceMs,
): Promise<T> {
  const look = (): T | undefined | false => (bot.recovery ? (read(bot.recovery) ?? undefined) : undefined);
  return bot.changes.until(look, what, timeoutMs);
}

/** The most important first. */
export function servicesByPriority(home: Home): string[] {
  const order = ['critical', 'high', 'normal', 'low'];
  const services = Object.entries(home.system.services);
  return services.sort(([, a], [, b]) => order.indexOf(a.priority) - order.indexOf(b.priority)).map(([name]) => name);
}

/** The command that the guided run asks for; undefined where the home has none of that name. */
export function failoverOf({ bot }: Stage): OfferedCommand | undefined {
  return bot.commands?.find((command) => command.name === 'failover');
}
