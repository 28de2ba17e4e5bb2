import type { ScaledClock } from '../src/clock/scaled-clock.ts';
import type { BotProcess } from './bot-process.ts';

/** Has time go so many times faster than real, here and in the program beside it; 0 stops it. */
export function setPace(clock: ScaledClock, bot: BotProcess | undefined, scale: number): void {
  clock.setScale(scale);
  bot?.tell({ clock: clock.anchor() });
}
