import type { ProgramEnd } from '../../domain/ports/programs.ts';
import type { KitContext } from '../kit/context.ts';
import { commandLine } from './arguments.ts';
import type { ScriptInput } from './script-input.ts';
import { scriptOf } from './script-plan.ts';

/** Starts a script that is allowed, with arguments that fit; throws a sentence else. */
export async function startScript(key: string, input: ScriptInput, ctx: KitContext): Promise<void> {
  const script = scriptOf(input, ctx);
  if (!script) throw new Error(`muster.yml allows no script ${input.script}.`);
  const { args, faults } = commandLine(script, input.arguments);
  if (faults.length > 0) throw new Error(`The script ${input.script} was not started: ${faults.join('; ')}.`);
  await ctx.home.digestOfProgram(script.file);
  await ctx.scripts.start(key, input.script, args);
}

/** How a script ended that did not end well, with the last thing that it said. */
export function sayEnd(what: string, { exit, ended, output }: ProgramEnd): string {
  const how = exit === null ? `was ended ${ended}` : `ended with exit code ${exit}`;
  const said = lastLines(output);
  return said === '' ? `${what} ${how}.` : `${what} ${how}: ${said}`;
}

export function lastLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-3).join(' / ').slice(-300);
}
