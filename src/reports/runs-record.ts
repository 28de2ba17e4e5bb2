import { sayDuration } from '../broadcast/templates/say-time.ts';
import { nameOfPlan } from '../domain/asked.ts';
import { incidentLabel } from '../domain/incident.ts';
import { recovered } from '../domain/run.ts';
import { type Evidence, pairSteps, type StepEvidence } from './evidence.ts';
import { writeExceptions } from './post-mortem/exceptions.ts';
import { writeLeftChanged } from './post-mortem/left-changed.ts';
import { plain, section, table } from './post-mortem/markdown.ts';
import { writePeople } from './post-mortem/people.ts';
import type { IncidentRecord } from './post-mortem/record.ts';
import { between, utc } from './post-mortem/say.ts';
import { writeDecisions, writeTimeline } from './post-mortem/timeline.ts';
import { writeScheduled } from './scheduled.ts';

/** The record of a drill or of a month's routines, as Markdown: what was run, how long it took, and what was left out. */
export function writeRunsRecord(record: IncidentRecord): string {
  const lines = [
    ...writeHead(record),
    ...writeRuns(record),
    ...writeScheduled(record),
    ...record.runs.flatMap(writeSteps),
    ...writeExceptions(record),
    ...writePeople(record),
    ...writeDecisions(record),
    ...(record.incident.kind === 'drill' ? writeLeftChanged(record) : []),
    ...writeTimeline(record),
    ...section('Evidence', [
      `Each decision and effect, with what was read: \`muster audit export\`, in the rows of number ${record.incident.id}.`,
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function writeHead({ incident, now, simulated, home }: IncidentRecord): string[] {
  const label = incidentLabel(incident);
  const drill =
    incident.kind === 'drill'
      ? ['**This is the record of a drill: it was run on test resources, and counts as a test.**', '']
      : [];
  const state = incident.closedAt === null ? 'open' : `closed at ${utc(incident.closedAt)} UTC`;
  return [
    `# Record of ${label}: ${plain(incident.title)}`,
    '',
    ...drill,
    ...(simulated ? ['**Run on a simulated cloud: nothing here was real.**', ''] : []),
    `Written by Muster at ${utc(now)} UTC from what it has recorded.`,
    '',
    ...section(
      'Summary',
      table(
        ['', ''],
        [
          ['System', plain(home.system.title)],
          ['Opened', `${utc(incident.declaredAt)} UTC by ${plain(incident.declaredBy)}`],
          ['Commander', plain(incident.commander)],
          ['Channel', `\\#${plain(incident.channelName)}`],
          ['State', state],
        ],
      ),
    ),
  ];
}

function writeRuns({ runs }: IncidentRecord): string[] {
  const rows = runs.map(({ run, plan }) => [
    plain(nameOfPlan(plan)),
    plain(plan.title),
    utc(run.startedAt),
    run.endedAt === null ? '**not ended**' : between(run.startedAt, run.endedAt),
    sayDuration(plan.criticalPathMs),
    plan.objectives.rtoMs === null || run.purpose !== 'run' ? '' : against(run, plan.objectives.rtoMs),
    run.outcome ?? run.status,
  ]);
  const head = ['Run', 'What', 'Started (UTC)', 'Took', 'Planned', 'Against its RTO', 'Outcome'];
  return section('Runs', rows.length === 0 ? ['Nothing was run.'] : table(head, rows));
}

/** A run that has not ended well has kept nothing. */
function against({ startedAt, endedAt, outcome }: Evidence['run'], objectiveMs: number): string {
  const wanted = sayDuration(objectiveMs);
  if (endedAt === null || outcome === null || !recovered.includes(outcome)) return `${wanted}: **not shown**`;
  return `${wanted}: ${endedAt.getTime() - startedAt.getTime() <= objectiveMs ? 'within' : '**over**'}`;
}

function writeSteps(evidence: Evidence): string[] {
  const rows = pairSteps(evidence).map((step) => [
    step.planned.id,
    plain(step.planned.title),
    step.state.status,
    tookOf(step),
    plain(step.state.note ?? ''),
  ]);
  const { run, plan } = evidence;
  return section(
    `What was tested by ${plain(nameOfPlan(plan))}, ${run.startedAt.toISOString().slice(0, 10)}`,
    table(['Step', 'What', 'Became', 'Took', 'Said'], rows),
  );
}

function tookOf({ state }: StepEvidence): string {
  if (state.startedAt === null) return '';
  return state.endedAt === null ? '**not ended**' : between(new Date(state.startedAt), new Date(state.endedAt));
}
