import { describe, expect, it } from '@jest/globals';
import { checkMessageBlocks } from '../../../sandbox/slack/limits.ts';
import type { StepStatus } from '../../../src/domain/run.ts';
import type { RunView } from '../../../src/domain/views.ts';
import type { Words } from '../../../src/slack/presenters/message.ts';
import { presentRun } from '../../../src/slack/presenters/run.ts';
import { presentStatus } from '../../../src/slack/presenters/status.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { stateOf } from '../../support/rows.ts';
import { townHome as home } from '../../support/town.ts';
import { incidentViewOf, longPlan, runViewOf } from '../views.ts';

/** A run of as many steps as there are statuses. */
function runIn(statuses: readonly StepStatus[], over: Partial<RunView> = {}): RunView {
  const steps = statuses.map((_, index) => plannedStep(`step_${index}`));
  const states = statuses.map((status, index) => stateOf(`step_${index}`, { status, note: `why ${index}` }));
  return runViewOf({ ...over, plan: planOf(steps), steps: states });
}

function many(status: StepStatus, count: number): StepStatus[] {
  return Array.from({ length: count }, () => status);
}

function sectionsOf({ blocks }: Words): string[] {
  return blocks.flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []));
}

function buttonsOf({ blocks }: Words): string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((each) => ('text' in each && each.text ? [each.text.text] : []))
      : [],
  );
}

describe('a run of 40 steps', () => {
  it('shows what goes on now before what comes next, and folds what waits and what is over', () => {
    const view = runIn([...many('done', 20), ...many('running', 2), ...many('waiting', 18)]);
    const lines = sectionsOf(presentRun(view, home)).at(-1)?.split('\n') ?? [];
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '🔄 running `step_20`',
      '🔄 running `step_21`',
      ...[22, 23, 24, 25, 26].map((step) => `⏳ waiting \`step_${step}\``),
      '⏳ waiting (13):',
      '✅ over (20):',
    ]);
    expect(lines.at(-1)).toContain('`step_11` and 8 more');
  });

  it('leaves a short one as it was planned', () => {
    const view = runIn(['done', 'running', ...many('waiting', 10)]);
    const lines = sectionsOf(presentRun(view, home)).at(-1)?.split('\n') ?? [];
    expect(lines).toHaveLength(12);
    expect(lines[0]).toContain('done `step_0`');
  });

  it('counts what asks for people and has no room, and says where it is', () => {
    const asking = Array.from({ length: 9 }, (_, at) => ({ requestId: `c_${at}`, code: 'ABC123', sentence: 'Skip.' }));
    const words = presentRun(runIn(['waiting'], { asking }), home);
    expect(JSON.stringify(words.blocks)).toContain('and 3 more wait for an approver, each with a message of its own');
    const steps = Array.from({ length: 8 }, (_, at) => plannedStep(`hand_${at}`, { kind: 'human' }));
    const states = steps.map(({ id }) => stateOf(id, { status: 'running' }));
    const hands = presentRun(runViewOf({ plan: planOf(steps), steps: states }), home);
    expect(JSON.stringify(hands.blocks)).toContain('and 2 more wait for a person: `/dr answer STEP done`');
  });

  it('says why a step stopped once, beside its buttons; of one without them in its line', () => {
    const words = presentRun(runIn([...many('failed', 8), ...many('done', 10)]), home);
    const [last = '', ...above] = sectionsOf(words).toReversed();
    expect(above.join('\n')).toContain('why 5');
    expect(last).not.toContain('why 5');
    expect(last).toContain('why 7');
  });

  it('keeps the buttons of the whole run, whatever its steps say', () => {
    const text = 'קשה <!channel> *bold* 🔥 '.repeat(120).slice(0, 3_000);
    const plan = longPlan(40, text);
    const statuses = ['failed', 'unknown', 'running', 'waiting', 'done'] as const;
    const asking = Array.from({ length: 20 }, (_, at) => ({ requestId: `c_${at}`, code: 'ABC123', sentence: text }));
    const steps = plan.steps.map((step, index) =>
      stateOf(step.id, { status: statuses[index % 5] ?? 'done', note: text }),
    );
    const human = { ...plan, steps: plan.steps.map((step) => ({ ...step, kind: 'human' as const })) };
    const run = { status: 'paused', note: text, exceptions: plan.steps.map(() => text) } as const;
    const words = presentRun(runViewOf({ plan: human, steps, asking, run: { ...run, exceptions: [] } }), home);
    expect(checkMessageBlocks(words.blocks)).toBeUndefined();
    expect(buttonsOf(words).slice(-2)).toEqual(['Resume', 'Abort…']);
    const ended = { ...run, status: 'ended', outcome: 'failed', endedAt: new Date(0) } as const;
    const over = presentRun(
      runViewOf({ plan, steps, run: { ...ended, exceptions: [...ended.exceptions] }, undoable: true }),
      home,
    );
    expect(buttonsOf(over)).toContain('Undo…');
    expect(JSON.stringify(over.blocks)).toContain('more exceptions: `/dr report` has them all');
  });

  it('says before all else that nobody takes writes', () => {
    const standstill = 'Nobody is known to take writes.';
    const [first] = sectionsOf(presentRun(runIn(['done', 'failed'], { standstill }), home));
    expect(first).toBe(`⛔ *${standstill}*`);
  });

  it('is told in the status by name: what stopped, and what goes on', () => {
    const view = runIn(['failed', 'unknown', ...many('running', 9)]);
    const { text } = presentStatus(incidentViewOf(), view, [], home);
    expect(text).toContain('❌ failed: `step_0`\n❓ unknown: `step_1`\n🔄 running: `step_2`, ');
    expect(text).toContain('and 3 more');
  });
});
