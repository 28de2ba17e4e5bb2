import { Command, InvalidArgumentError, Option } from 'commander';
import { type Play, plays } from './play/plays.ts';

export interface SandboxOptions {
  home?: string;
  port: number;
  play?: Play;
  scale: number;
  /** What the pace becomes once the play is over; absent where somebody has chosen it, or nothing is played. */
  scaleAfter?: number;
}

const usualScale = 10;
/** A failover takes nine minutes: nobody watches it for longer than it takes to understand. */
const playedScale = 60;

/** What `npm start -- …` takes. Commander answers `--help` and faults, and ends the process. */
export function readOptions(argv: readonly string[]): SandboxOptions {
  const options = new Command('npm start --')
    .description('Muster in a simulated world: nothing here is real.')
    .option('--home <dir>', 'folder with muster.yml (default: examples/acme)')
    .addOption(new Option('--port <number>', 'port of the page').default(3000).env('PORT').argParser(whole(0, 65_535)))
    .addOption(
      new Option(
        '--scale <number>',
        `times faster than real (default: ${usualScale}, with --play ${playedScale})`,
      ).argParser(whole(1, 600)),
    )
    .addOption(new Option('--play <name>', 'plays a guided run by itself').choices(plays))
    .option('--fresh', 'begin anew; the sandbox always does')
    .parse([...argv])
    .opts<Omit<SandboxOptions, 'scale'> & { scale?: number }>();
  if (options.scale !== undefined) return { ...options, scale: options.scale };
  if (options.play === undefined) return { ...options, scale: usualScale };
  return { ...options, scale: playedScale, scaleAfter: usualScale };
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}
