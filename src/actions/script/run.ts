import { z } from 'zod';
import { unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { reading } from '../kit/reading.ts';
import { ScriptInput, ScriptOutput } from './script-input.ts';
import { planScript, scriptOf } from './script-plan.ts';
import { lastLines, sayEnd, startScript } from './started.ts';

const Captured = z.strictObject({ at: instant });
const Receipt = z.strictObject({ key: z.string() });

export const runScript = defineEffect({
  name: 'script.run',
  version: 1,
  summary: 'Run a script that muster.yml allows, and wait until it ends well',
  kind: 'once',
  risk: 'irreversible',
  traffic: 'none',
  input: ScriptInput,
  output: ScriptOutput,
  captured: Captured,
  receipt: Receipt,
  binds: ['script', 'arguments', 'sha256'],
  checks: [
    'muster.yml allows the script',
    'its file is in the home and can be executed; what people consent to is the file as it is',
    'its arguments are those that muster.yml gives it',
  ],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  undo: {
    possible: false,
    how: 'What a script has done cannot be put back by Muster: undo it by hand, or by another script.',
  },
  defaultTimeout: '15m',
  plan: (input, ctx) => planScript(input, 'any', ctx),
  capture: async (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async apply(input, { token }, ctx) {
    await startScript(token, input, ctx);
    return { key: token };
  },
  async lookup(input, { token }, ctx) {
    const read = await reading(`script ${input.script}`, () => ctx.scripts.look(token));
    if (!read.ok) return unknowable(read);
    const repeatable = scriptOf(input, ctx)?.repeatable === true;
    const seen = read.value;
    if (seen?.state === 'running' || seen?.exit === 0) return { happened: true, receipt: { key: token } };
    if (repeatable) return { happened: false };
    if (seen === null) return { happened: 'unknowable', why: sayLost(input.script) };
    const end = sayEnd(`The script ${input.script}`, seen);
    return {
      happened: 'failed',
      why: `${end} It is not repeatable, so it is not run again: mend by hand what it left.`,
    };
  },
  unchanged: () => ({ key: 'none' }),
  async observe(input, { key }, ctx) {
    const what = `script ${input.script}`;
    const read = await reading(what, () => ctx.scripts.look(key));
    if (!read.ok) return { state: 'unknown', why: read.sentence, cause: read.fault, againInMs: pace.service };
    const seen = read.value;
    if (seen === null) return { state: 'unknown', why: sayLost(input.script), againInMs: pace.database };
    if (seen.state === 'running') {
      const said = lastLines(seen.output);
      return { state: 'working', progress: said === '' ? 'it runs' : said, againInMs: pace.database };
    }
    if (seen.exit !== 0) return { state: 'failed', why: sayEnd(`The ${what}`, seen) };
    return { state: 'done', output: { output: seen.output, seconds: Math.round(seen.ms / 1_000) } };
  },
  restore: () => null,
});

function sayLost(script: string): string {
  return `Muster was started anew after it began the script ${script}, so how that ended is not known here.`;
}
