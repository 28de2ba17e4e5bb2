import type { ScaledClock } from '../../src/clock/scaled-clock.ts';
import type { BotProcess } from '../bot-process.ts';
import type { SandboxOptions } from '../options.ts';
import { setPace } from '../pace.ts';
import { type PlayState, startPlay } from './plays.ts';
import type { Stage } from './stage.ts';

/** A play that begins once somebody starts it; what it says is told a line at a time. */
export interface PreparedPlay {
  state(): PlayState;
  /** `page` is where the page is. */
  start(page: string): { stop(): Promise<void> };
}

/** Undefined where nothing is to be played. */
export function preparePlay(
  { play, scale, scaleAfter }: SandboxOptions,
  stage: Stage & { clock: ScaledClock; bot: BotProcess },
  tell: (line: string) => void,
): PreparedPlay | undefined {
  if (play === undefined) return undefined;
  let state: PlayState = 'under-way';
  const over = (): void => {
    state = 'over';
    tell(goOn(stage, scale, scaleAfter));
  };
  return { state: () => state, start: (page) => startPlay(play, stage, { tell, page, over }) };
}

/** The pace that a play is watched at is none to go on by, unless somebody has chosen another. Says how it goes on. */
function goOn(
  { clock, bot }: { clock: ScaledClock; bot: BotProcess },
  played: number,
  scaleAfter: number | undefined,
): string {
  if (scaleAfter !== undefined && clock.scale === played) setPace(clock, bot, scaleAfter);
  const pace = clock.scale === 0 ? 'time stands still' : `time runs at ${clock.scale}×`;
  return `The play is over. The sandbox goes on until Ctrl-C, and ${pace}.`;
}
