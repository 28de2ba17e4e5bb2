import type { ActionPlan, Check } from '../../domain/action.ts';
import { durationMs } from '../../domain/duration.ts';
import type { Script } from '../../domain/home.ts';
import { suggestion } from '../../domain/nearest.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { commandLine } from './arguments.ts';
import type { ScriptInput } from './script-input.ts';

/** The script as muster.yml allows it; undefined where it does not. */
export function scriptOf({ script }: ScriptInput, { home }: Pick<KitContext, 'home'>): Script | undefined {
  return Object.hasOwn(home.scripts, script) ? home.scripts[script] : undefined;
}

/** People consent to the file as it is: another one of the same name is another script. */
export async function planScript(input: ScriptInput, only: 'any' | 'harmless', ctx: KitContext): Promise<ActionPlan> {
  const script = scriptOf(input, ctx);
  const file = script ? await readDigest(script, ctx) : undefined;
  const bound = {
    script: input.script,
    arguments: { ...input.arguments },
    file: script?.file ?? null,
    sha256: file?.ok ? file.value : null,
  };
  return {
    target: null,
    before: bound,
    after: { ...bound, ends: 'with exit code 0' },
    noChange: false,
    checks: [
      checkAllowed(input, script, only, ctx),
      ...(script && file ? [checkFile(script, file)] : []),
      ...argumentsOf(input, script),
    ],
    estimateMs: durationMs(script?.timeout ?? '5m') / 2,
  };
}

function readDigest({ file }: Script, ctx: KitContext): Promise<Reading<string>> {
  return reading(`script ${file}`, () => ctx.home.digestOfProgram(file));
}

function checkAllowed(
  { script: id }: ScriptInput,
  script: Script | undefined,
  only: 'any' | 'harmless',
  { home }: KitContext,
): Check {
  const expected = only === 'harmless' ? 'one that is harmless' : 'one of its scripts';
  const question: Question = { id: 'allowed', title: 'muster.yml allows it', expected, carry: 'never' };
  if (!script) return judge(question, false, `there is no script ${id}: ${suggestion(id, Object.keys(home.scripts))}`);
  if (only === 'harmless' && !script.harmless)
    return judge(question, false, `${id} may change something: use script.run, or say harmless: true of it`);
  return judge(question, true, script.description ?? id);
}

function checkFile({ file }: Script, read: Reading<string>): Check {
  const question: Question = {
    id: 'file',
    title: 'its file is there',
    expected: 'one that can be executed',
    carry: 'never',
  };
  if (!read.ok) return judge(question, false, read.sentence);
  return judgeReading(question, read, (sha256) => ({ pass: true, found: `${file}, ${sha256.slice(0, 12)}` }));
}

function argumentsOf(input: ScriptInput, script: Script | undefined): Check[] {
  if (!script) return [];
  const question: Question = {
    id: 'arguments',
    title: 'its arguments fit',
    expected: 'those of muster.yml',
    carry: 'never',
  };
  const { args, faults } = commandLine(script, input.arguments);
  return [judge(question, faults.length === 0, faults.join('; ') || args.join(' ') || 'none')];
}
