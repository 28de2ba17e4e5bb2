import { Command, InvalidArgumentError, Option } from 'commander';

export interface SandboxOptions {
  home?: string;
  port: number;
  scale: number;
}

/** What `npm start -- …` takes. Commander answers `--help` and faults, and ends the process. */
export function readOptions(argv: readonly string[]): SandboxOptions {
  return new Command('npm start --')
    .description('Muster in a simulated world: nothing here is real.')
    .option('--home <dir>', 'folder with muster.yml (default: examples/acme)')
    .addOption(new Option('--port <number>', 'port of the page').default(3000).env('PORT').argParser(whole(0, 65_535)))
    .addOption(
      new Option('--scale <number>', 'how many times faster than real the time runs')
        .default(10)
        .argParser(whole(1, 600)),
    )
    .option('--fresh', 'begin anew; the sandbox always does')
    .parse([...argv])
    .opts<SandboxOptions>();
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}
