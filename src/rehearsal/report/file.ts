import { sayDuration } from '../../broadcast/templates/say-time.ts';
import type { Home } from '../../domain/home.ts';
import { sayUtc, wholeSecondsBetween } from '../../domain/say-instant.ts';
import type { MarkdownFile } from '../../domain/views.ts';
import { bullets, plain, section, table } from '../../reports/post-mortem/markdown.ts';
import { sayApprovers } from '../people.ts';
import type { RehearsalReport } from '../report.ts';
import { notExercised } from './not-exercised.ts';
import { metOf, sayEnd } from './sentence.ts';
import { writeSteps } from './steps.ts';

export interface About {
  home: Home;
  by: string;
  /** Real time. */
  startedAt: Date;
  endedAt: Date;
  assumed: readonly string[];
}

/** The whole of it for people, as Markdown. */
export function fileOf(report: RehearsalReport, about: About): MarkdownFile {
  const lines = [
    ...writeHead(report, about),
    ...writeMeasures(report),
    ...writeSteps(report),
    ...(report.exceptions.length > 0 ? section('Exceptions', bullets(report.exceptions.map(plain))) : []),
    ...writePeople(report, about.home),
    ...writeCloud(report),
    ...section('Not exercised', bullets(notExercised(report).map(plain))),
    ...section('What the simulation assumed', bullets(about.assumed.map(plain))),
    ...section('What its process could reach', [sayReach(report)]),
  ];
  const stamp = about.startedAt.toISOString().slice(0, 16).replaceAll(':', '-');
  return { name: `rehearsal-${report.command}-${stamp}.md`, markdown: `${lines.join('\n').trimEnd()}\n` };
}

function writeHead(report: RehearsalReport, { by, startedAt, endedAt, home }: About): string[] {
  const inputs = Object.entries(report.inputs).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const { active, standby } = report.regions;
  const troubles = [...(report.dark ? [`${active} did not answer from the beginning on.`] : []), ...report.troubles];
  return [
    `# Rehearsal of ${plain(report.command)}`,
    '',
    '**A rehearsal: nothing real was read, changed or told.** Times are those of a simulated cloud.',
    '',
    plain(sayEnd(report)),
    '',
    ...table(
      ['', ''],
      [
        ['System', plain(home.system.title)],
        ['Command', `${plain(report.title)} (${plain([report.command, ...inputs].join(' '))})`],
        ['Way', `${active} to ${standby}, ${report.mode}`],
        ['Made to go wrong', plain(troubles.join(' ')) || 'nothing'],
        [
          'Asked for by',
          `${plain(by)}, ${sayUtc(startedAt)}; it took ${sayDuration(wholeSecondsBetween(startedAt, endedAt))}`,
        ],
      ],
    ),
    '',
  ];
}

function writeMeasures(report: RehearsalReport): string[] {
  const row = (name: string, measured: RehearsalReport['rto']): string[] => {
    const found = measured.ms === null ? 'not observed' : sayDuration(measured.ms);
    const wanted = measured.objectiveMs === null ? 'none set' : sayDuration(measured.objectiveMs);
    const met = metOf(measured);
    return [name, found, wanted, met === 'yes' || met === null ? (met ?? '') : `**${met}**`, plain(measured.explain)];
  };
  return section(
    'Recovery against its objectives',
    table(
      ['', 'In rehearsal', 'Objective', 'Met', 'How it was measured'],
      [row('RTO: until people were seen served', report.rto), row('RPO: writes lost, as time', report.rpo)],
    ),
    ['*No time of people is in these: noticing, declaring, deciding, approving and answering took none.*'],
  );
}

function writePeople({ approvals, checkpoints, carried, pauses, problems }: RehearsalReport, home: Home): string[] {
  const { phrase, needed, standIns } = approvals;
  const typed = phrase === null ? '' : ` Whoever asks types ${plain(phrase)}.`;
  const gave = standIns.length > 0 ? ` Here ${plain(standIns.join(', '))} approved, the simulation's own.` : '';
  return section(
    'What people would be asked',
    bullets([
      `${plain(sayApprovers(home, needed))}${typed}${gave}`,
      ...problems.map((problem) => `**Nobody could ask for it:** ${plain(problem)}`),
      ...carried.map((one) => `Somebody would have to carry this with a reason: ${plain(one)}`),
      ...pauses.map((why) => `**It stopped for somebody to decide** (retry, skip, undo or abort): ${plain(why)}`),
      ...checkpoints.map(
        ({ step, instructions, answered }) =>
          `Checkpoint ${plain(step)}: ${plain(instructions) || 'what to look at comes from an earlier step'} (${answered ? 'answered by a stand-in' : 'not reached'})`,
      ),
    ]),
  );
}

function writeCloud({ cloud }: RehearsalReport): string[] {
  const { writersOverlapMs: overlap, lost, traffic } = cloud;
  const writers =
    overlap === null
      ? []
      : [
          overlap === 0
            ? 'Never did two databases take writes.'
            : `**Two databases took writes for ${sayDuration(overlap)}.**`,
        ];
  return section(
    'What the simulated cloud says',
    bullets([
      ...writers,
      ...lost.map(({ instance, seconds }) => `${plain(instance)} lacks the last ${seconds} s before its promotion.`),
      ...traffic.map(({ name, region }) => `${plain(name)} leads to ${region ?? 'nobody'} at the end.`),
    ]),
  );
}

function sayReach({ environment }: RehearsalReport): string {
  const names = environment.length > 0 ? plain(environment.join(', ')) : 'none';
  return `No credentials, no Slack, no status page, no mail, no pager. Variables that it had: ${names}.`;
}
