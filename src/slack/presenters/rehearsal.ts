import type { Home } from '../../domain/home.ts';
import type { RehearsalEnd, RehearsalView } from '../../rehearsal/rehearsal.ts';
import { isSlow } from '../../rehearsal/report/steps.ts';
import type { RehearsalReport } from '../../rehearsal/report.ts';
import { type Block, context, header, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { message, type Words } from './message.ts';
import { few, personName } from './people.ts';
import { duration } from './times.ts';

interface Look {
  home: Home;
  simulated: boolean;
}

const banner = '🎭 *REHEARSAL* · on a simulated cloud: nothing real is read, changed or told.';
const most = 8;

export function presentRehearsalBegun(view: RehearsalView, look: Look & { sentence: string }): Words {
  const lines = [said(look.sentence), `Asked for by ${personName(look.home, view.by)}. \`/dr rehearse stop\` ends it.`];
  return marked(lines, sections(lines), look);
}

/** What came of it; the whole report is a file below it. */
export function presentRehearsalEnd(view: RehearsalView, end: RehearsalEnd, look: Look): Words {
  const title = `🎭 Rehearsal of ${view.command} is over`;
  const whole = end.kind === 'reported' ? ['The whole report is in the thread below.'] : [];
  const lines = [said(end.sentence), ...(end.kind === 'reported' ? findings(end.report) : []), ...whole];
  return marked([`*${said(title)}*`, ...lines], [header(title), ...sections(lines)], look);
}

function findings({ steps, pauses, checkpoints, approvals, exceptions }: RehearsalReport): string[] {
  const named = (ids: readonly string[]): string => few(ids.map(code), most);
  const slow = steps.filter(isSlow).map(({ id }) => id);
  const unseen = steps.filter(({ standIn }) => standIn).map(({ id }) => id);
  const took = steps.flatMap(({ id, tookMs, estimateMs }) =>
    tookMs === null ? [] : [`${code(id)} ${duration(tookMs)} of ${duration(estimateMs)}`],
  );
  return [
    ...(took.length > 0 ? [`⏱️ ${few(took, most)}`] : []),
    ...(slow.length > 0 ? [`🐢 Slower than expected: ${named(slow)}`] : []),
    ...pauses.map((why) => `⏸️ A person would have had to decide: ${said(why)}`),
    ...exceptions.map((exception) => `⚠️ ${said(exception)}`),
    ...(checkpoints.length > 0 ? [`✋ People would answer ${named(checkpoints.map(({ step }) => step))}`] : []),
    ...(approvals.needed > 0
      ? [`🔑 ${approvals.needed} would have to approve${approvals.standIns.length > 0 ? '; here a stand-in did' : ''}`]
      : []),
    ...(unseen.length > 0 ? [`🫥 Not exercised: ${named(unseen)}`] : []),
  ];
}

function marked(lines: readonly string[], blocks: readonly Block[], { simulated }: Look): Words {
  return message(`[REHEARSAL] ${lines.join('\n')}`, [context(banner), ...blocks], simulated);
}
