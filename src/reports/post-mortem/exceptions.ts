import { nameOfPlan, sayAsked } from '../../domain/asked.ts';
import { sayCarried } from '../../domain/carried.ts';
import { bullets, plain, section } from './markdown.ts';
import type { IncidentRecord, RunRecord } from './record.ts';
import { list } from './say.ts';

/** What was left out, taken on trust or put off: by whom, and why. */
export function writeExceptions(record: IncidentRecord): string[] {
  const items = exceptionsOf(record);
  return section('Skipped, accepted unknown or deferred', bullets(items.length > 0 ? items : ['Nothing.']));
}

export function exceptionsOf(record: IncidentRecord): string[] {
  return [
    ...record.runs.flatMap(ofRun),
    ...amendments(record),
    ...brokenGlass(record),
    ...record.guards.map(
      ({ region, stepId, state }) =>
        `The fencing of ${region} (${plain(stepId)}) was deferred; its return guard is ${state}.`,
    ),
  ];
}

function ofRun({ run, plan }: RunRecord): string[] {
  const name = plain(run.command);
  const risk = plan.steps.flatMap((step) => step.dataAtRisk?.explain.replace(/\.$/, '') ?? []);
  const ungraceful =
    plan.mode === 'ungraceful'
      ? [`${name} was run ungraceful, which accepts that data is lost${because([...new Set(risk)].join('; '))}`]
      : [];
  // What was carried is among the exceptions of a run that has ended.
  const exceptions = run.endedAt === null ? sayCarried(plan) : run.exceptions;
  return [...ungraceful, ...exceptions.map((exception) => `${name}${because(exception)}`)];
}

const amended = {
  skip: 'skip',
  'defer-fence': 'accept the risk of not fencing',
  'accept-drift': 'go on as it was found with',
};

function amendments({ consents }: IncidentRecord): string[] {
  return consents.flatMap(({ amendment, state, requestedBy, approvedBy, purpose, command }) => {
    if (!amendment || state !== 'granted') return [];
    const others = approvedBy.length > 0 ? `, approved by ${list(approvedBy.map(plain))}` : '';
    const what = `${amended[amendment.kind]} ${plain(amendment.step)} in ${plain(nameOfPlan({ purpose, command }))}`;
    return [`${plain(requestedBy)} asked to ${what}${others}${because(amendment.reason)}`];
  });
}

function brokenGlass({ consents, reviews }: IncidentRecord): string[] {
  return consents.flatMap(({ id, glassBrokenBy, glassReason, amendment, purpose, command, code }) => {
    if (glassBrokenBy === null) return [];
    const review = reviews.find((one) => one.kind === 'break-glass' && one.subject === id);
    const read = review?.reviewedBy ? `reviewed by ${plain(review.reviewedBy)}` : '**not reviewed yet**';
    return [
      `${plain(glassBrokenBy)} broke the glass for ${plain(sayAsked({ purpose, command }, amendment))} ${code} (${read})${because(glassReason)}`,
    ];
  });
}

function because(why: string | null): string {
  const text = plain(why ?? '').replace(/\.$/, '');
  return text === '' ? '.' : `: ${text}.`;
}
