import { countedFor, ownRtoMs } from '../../domain/counted.ts';
import { sayEnds } from '../../domain/ends.ts';
import type { Home } from '../../domain/home.ts';
import { planLabel } from '../../domain/plan.ts';
import { nameOfUndone } from '../../domain/put-back.ts';
import { purposeOf } from '../../domain/restored.ts';
import { wholeSecondsBetween } from '../../domain/say-instant.ts';
import { startSentence } from '../../domain/start-sentence.ts';
import type { RunView } from '../../domain/views.ts';
import { actions, type Block, context, divider, header, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { outcomeMark, runMark } from './marks.ts';
import { message, type Words } from './message.ts';
import { few, personName, saidOf } from './people.ts';
import { fewLines, leftLines, recordLine } from './plan-summary.ts';
import { handLines, resumeBlocks, runButtons, urgentBlocks } from './run-buttons.ts';
import { nowLines, stepLines, tally, troubledAbove } from './run-steps.ts';
import { duration, instant, remaining } from './times.ts';

/** The one live message of a run: what is wrong and waits for people first, then where it stands, then every step. */
export function presentRun(view: RunView, home: Home): Words {
  const { run, plan } = view;
  const title = `${stateLine(view)} (${planLabel(plan)})`;
  const urgent = urgentBlocks(view);
  const still = view.standstill === null ? [] : [`⛔ *${said(view.standstill)}*`];
  const why = isSaidAbove(view) ? [] : whyLine(view, home);
  const top = [...recordLine(plan), ...outcomeLines(view, home, why), clockLine(view, home), tally(view)];
  const steps = stepLines(view);
  const blocks: Block[] = [
    header(title),
    ...sections(still),
    ...urgent,
    ...sections(top),
    ...actions(`run:${run.id}`, runButtons(view)),
    ...resumeBlocks(view),
    divider,
    ...sections(steps),
    context(whoLine(view)),
  ];
  const trouble = urgent.flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []));
  const text = [`*${said(title)}*`, ...still, ...trouble, ...top, ...steps, whoLine(view)].join('\n');
  return message(text, blocks, view.simulated, '`/dr timeline` has every step');
}

/** `✅ Succeeded: Fail over to the standby Region` */
function stateLine({ run, plan }: RunView): string {
  const { title } = plan;
  if (run.status !== 'ended') return `${runMark[run.status]}: ${title}`;
  return `${outcomeMark[run.outcome ?? 'failed']}: ${run.outcome === 'undone' ? nameOfUndone(title) : title}`;
}

function isOfRecord({ record = 'incident' }: RunView['plan']): boolean {
  return record !== 'incident';
}

/** Computed from the outcome and the steps: an exception, a failure or an unknown end is never left out. */
function outcomeLines(view: RunView, home: Home, why = whyLine(view, home)): string[] {
  const { run } = view;
  const exceptions = run.exceptions.map((exception) => `⚠️ ${clip(saidOf(home, startSentence(exception)), 300)}`);
  const rest = [...why, ...fewLines(exceptions, 8, 'more exceptions: `/dr report` has them all')];
  if (run.outcome === 'undone') return [...rest, ...leftLines(view.plan)];
  if (run.outcome === 'failed') return ['❌ *It did not succeed.* See the steps below for how far it came.', ...rest];
  if (run.outcome === 'aborted')
    return [`⏹️ *Aborted:* nothing more was started; ${said(sayEnds(view.steps))}.`, ...rest];
  return rest;
}

function whyLine({ run }: RunView, home: Home): string[] {
  if (run.note === null) return [];
  return [`${run.status === 'ended' ? 'Because' : 'Why'}: ${clip(saidOf(home, run.note), 600)}`];
}

/** The step that stopped the run says why, above with its buttons. */
function isSaidAbove(view: RunView): boolean {
  const { status, note } = view.run;
  return status === 'paused' && troubledAbove(view).some((step) => step.note !== null && note?.includes(step.note));
}

function clockLine(view: RunView, home: Home): string {
  const { run, plan, now, timezone, approvedBy = [] } = view;
  const end = run.endedAt ?? now;
  const took = duration(wholeSecondsBetween(run.startedAt, end));
  const started = `started ${instant(run.startedAt, timezone, now)} by ${personName(home, run.startedBy)}`;
  const approved = approvedBy.map((person) => personName(home, person));
  const consent = approved.length === 0 ? null : `approved by ${few(approved, 3)}`;
  const elapsed =
    run.endedAt === null
      ? `⏱️ *${took}* of about ${duration(plan.criticalPathMs)}`
      : `⏱️ Took *${took}*, planned about ${duration(plan.criticalPathMs)}`;
  return [elapsed, started, consent, rtoPart(view)].filter((part) => part !== null).join(' · ');
}

function rtoPart(view: RunView): string | null {
  if (view.plan.purpose === 'undo') return null;
  const { rtoMs, rtoOf } = countedFor(view.plan);
  if (rtoMs === null || view.run.endedAt !== null || isOfRecord(view.plan)) return null;
  if (purposeOf(view.plan) !== 'recovery') return null;
  const whose = rtoOf ? ` ${duration(rtoMs)} of ${said(rtoOf)}:` : '';
  const left = view.impactBeganAt.getTime() + rtoMs - view.now.getTime();
  const own = ownRtoMs(view.plan);
  const beside = own === null ? '' : `, ${duration(own)} of ${code(view.plan.command)} itself`;
  return `RTO${whose} ${left < 0 ? `🔴 *${remaining(left)}*` : remaining(left)}${beside}`;
}

function whoLine(view: RunView): string {
  const can: Record<typeof view.run.status, () => string> = {
    running: () => 'any responder may pause, a commander may abort',
    paused: () => 'a commander may resume, retry, skip or abort',
    aborting: () => 'nothing more is started; what is in flight is watched to its end',
    ended: () => afterwards(view),
  };
  const written = `written ${instant(view.now, view.timezone, view.now)}`;
  return `plan ${code(view.plan.code)} · ${view.plan.mode} · ${can[view.run.status]()} · ${written}`;
}

function afterwards(view: RunView): string {
  if (view.undoable) return 'a commander may undo it';
  if (view.plan.purpose === 'undo') return 'this was an undo';
  if (view.standstill !== null) return 'it cannot be undone: the way back stands above';
  const touched = view.steps.some((state) => state.effectSent);
  return touched ? 'it cannot be undone: fail back instead' : 'nothing was changed, so there is nothing to undo';
}

/** For `/dr status`: the same standing in a few lines. */
export function runLines(view: RunView, home: Home): string[] {
  const still = view.standstill === null ? [] : [`⛔ *${said(view.standstill)}*`];
  const where = [clockLine(view, home), tally(view), ...nowLines(view), ...handLines(view)];
  return [`*${said(stateLine(view))}*`, ...still, ...outcomeLines(view, home), ...where];
}
