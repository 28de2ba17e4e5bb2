import { createHash } from 'node:crypto';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { reading } from '../kit/reading.ts';
import { ScriptInput, ScriptOutput } from './script-input.ts';
import { planScript, scriptOf } from './script-plan.ts';
import { lastLines, sayEnd, startScript } from './started.ts';

type Working = Extract<Observed<never>, { state: 'working' }>;
type Failed = Extract<Observed<never>, { state: 'failed' }>;

export const checkScript = defineRead({
  name: 'script.check',
  version: 1,
  summary: 'Run a script that changes nothing that is protected, and wait until it ends well',
  input: ScriptInput,
  output: ScriptOutput,
  binds: ['script', 'arguments', 'sha256'],
  checks: [
    'muster.yml allows the script, and says that it is harmless',
    'its file is in the home and can be executed; what people consent to is the file as it is',
    'its arguments are those that muster.yml gives it',
  ],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '15m',
  plan: (input, ctx) => planScript(input, 'harmless', ctx),
  async observe(input, ctx) {
    const what = `script ${input.script}`;
    const key = keyOf(input, ctx);
    const read = await reading(what, () => ctx.scripts.look(key));
    if (!read.ok) return { state: 'unknown', why: read.sentence, cause: read.fault, againInMs: pace.service };
    const seen = read.value;
    if (seen === null) return begin(key, input, ctx);
    if (seen.state === 'running') {
      const said = lastLines(seen.output);
      return { state: 'working', progress: said === '' ? 'it runs' : said, againInMs: pace.database };
    }
    if (seen.exit === 0)
      return { state: 'done', output: { output: seen.output, seconds: Math.round(seen.ms / 1_000) } };
    await ctx.scripts.forget(key);
    return { state: 'failed', why: sayEnd(`The ${what}`, seen) };
  },
});

/** One key for each step and what it asks: a person's retry, after it was told that it failed, begins it anew. */
function keyOf(input: ScriptInput, { owner }: Pick<KitContext, 'owner'>): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, input]))
    .digest('hex')
    .slice(0, 36);
}

async function begin(key: string, input: ScriptInput, ctx: KitContext): Promise<Working | Failed> {
  if (scriptOf(input, ctx)?.harmless !== true)
    return { state: 'failed', why: `muster.yml does not say that the script ${input.script} is harmless.` };
  try {
    await startScript(key, input, ctx);
    return { state: 'working', progress: 'it was begun', againInMs: pace.service };
  } catch (error) {
    return { state: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}
