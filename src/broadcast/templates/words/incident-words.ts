import { count, flag, lines, list, nameList, names, optional, optionalFlag, person, text } from '../fields.ts';
import * as largest from '../largest.ts';
import { calling, channel, command, incident, phase, services, severity, waiting, what, where, why } from './inputs.ts';
import { slack } from './spec.ts';

const region = text('an AWS Region', 'us-west-2', { most: 'ap-southeast-2' });
const step = text('the step’s id', 'fence', { most: 'x'.repeat(60) });
const by = person('who did it');
const code = waiting.code;
const took = text('how long it took', '21m 4s', { most: '12d 23h' });
const run = { ...incident, command };
const trouble = optionalFlag('whether a step stopped short: of a pause by a person it did not');
const ended = { ...run, took };
const impact = optionalFlag('whether an impact goes on, which a commander has to end');
const next = optional(
  'what may recover, where nobody was seen served after it',
  '/dr recover-from-corruption',
  `/dr ${'x'.repeat(40)} or /dr ${'y'.repeat(40)}`,
);
const ends = text('how what was under way ended', 'what was under way was seen to its end');
const guard = { ...incident, region, step };
const measured = (what: string) => text(`${what} beside its objective`, `${what} 24m, objective 1h: met`);
const measuredFrom = (what: string) => text(`what ${what} was measured from`, 'from the impact to the step serving');
const addresses = names('mail addresses', 'vp@example.com', largest.addresses);

/** What is said inside about an incident, its consents, its runs and its guards. */
export const incidentWords = {
  'consent-asked': slack('Approvers, when their approval is asked for', {
    ...incident,
    what,
    code,
    requestedBy: waiting.requestedBy,
  }),
  'consent-waiting': slack('Approvers, when a request waits', waiting),
  'consent-waiting-direct': slack('Each approver by direct message, when a request waits longer', {
    ...waiting,
    channel,
    where,
  }),
  'consent-waiting-last': slack('Approvers and commanders, when a request has waited long', waiting),
  'consent-expired': slack('The requester and the commander, when a request expired', {
    ...waiting,
    at: text('when it expired', '2026-03-01 14:05 CET (13:05 UTC)', { most: largest.instant }),
    again: text('what to type to ask again', '/dr failover', { most: `/dr skip ${'x'.repeat(60)} REASON` }),
    approvers: names('who may approve it; nothing where there is nobody', 'ben, dov', largest.services),
  }),
  'glass-broken': slack('Approvers, when a commander goes on without them', {
    ...incident,
    what,
    code,
    by,
    reason: text('why', 'Nobody answers'),
  }),
  'run-paused': slack('The commander, when a run stops until a person decides', { ...run, why, trouble }),
  'run-stuck': slack('The commander, when the engine cannot go on with a run', { ...run, why, trouble }),
  checkpoint: slack('Responders and the commander, when a run waits for a person', {
    ...run,
    step,
    what: text('what the step is called', 'Look at the dashboard'),
    instructions: lines('what the person is to do or look at; may be empty', 'Orders per minute are above 40.', {
      least: '',
    }),
    within: text('for how long an answer is waited for', '1h', { most: '12d 23h' }),
  }),
  'checklist-overdue': slack('The owner of an item of a checklist, by direct message, once it is overdue', {
    ...incident,
    step,
    item: text('the item, by which it is answered', 'audit-log', { most: 'x'.repeat(40) }),
    what: text('what is to be done or looked at', 'CloudTrail is written', { most: 'x'.repeat(75) }),
    due: text('when it was due', '2026-03-01 14:05 CET (13:05 UTC)', { most: largest.instant }),
    where,
  }),
  'run-succeeded': slack('The commander, when all of a run was seen to be done', {
    ...ended,
    phase,
    impact,
    next,
    attested: optional(
      'who has said of a step that it is done',
      'ana and ben',
      `${'x'.repeat(40)} and ${'y'.repeat(40)}`,
    ),
  }),
  'run-succeeded-with-exceptions': slack('The commander, when a run is done except for what is named', {
    ...ended,
    phase,
    impact,
    next,
    exceptions: text('what was not done or not seen', 'fence deferred'),
  }),
  'run-failed': slack('The commander, when a run failed', { ...ended, why, ends }),
  'run-aborted': slack('The commander, when a run was aborted', { ...ended, why, ends }),
  'run-standstill': slack('Below the halt or the end of a run that has fenced, where nothing was seen to take over', {
    standing: text(
      'who takes writes, which Region is still the active one, and which way leads out',
      'Nobody takes writes: ecs:prod-cluster/app-service in us-east-1 is fenced, and no promoted database was seen. us-east-1 is still the active Region. To get back: /dr undo.',
    ),
  }),
  'run-left': slack('Below the end of a run that failed or was aborted: what it leaves changed', {
    changes: list('the steps that were sent', ['stop (The backend is stopped)'], largest.items),
    more: count('steps that are not named', 3),
    undoable: flag('whether an undo puts it back'),
  }),
  'run-undone': slack('The commander, when what a run changed was put back', {
    ...ended,
    exceptions: optional(
      'what was not put back, or not seen to be',
      'cut_off skipped: ana: it stays cut off',
      'x'.repeat(400),
    ),
    left: nameList(
      'what the run has made and the undo leaves, with what to do about it',
      ['restore (Database restored), rds:orders-restored-3k9x in us-east-1: delete it by hand once nobody needs it.'],
      largest.items,
      8,
    ),
  }),
  'code-contradicts': slack('Below the end of a run: what infrastructure code would put back', {
    changes: list(
      'what has changed, resource by resource',
      ['ecs:prod-cluster/app-service in us-east-1: desired 4 → 0'],
      largest.items,
    ),
    more: count('changes that are not named', 3),
  }),
  'region-switched': slack('The incident’s channel, when traffic moved', {
    ...incident,
    services,
    region,
    checked: flag('whether the run still checks that people are served there', true),
  }),
  'guard-armed': slack('The commander, when a Region could not be fenced', guard),
  'guard-fenced': slack('The commander, when a Region came back and was fenced', guard),
  'guard-troubled': slack('The commander, when a guard cannot fence', { ...guard, why }),
  'guard-released': slack('The commander, when a guard was released without fencing', { ...guard, why }),

  'role-granted': slack('A person, when they are given a role', {
    ...incident,
    person: person('who has the role now', 'ben'),
    role: text('the role', 'approvers', { most: 'responders' }),
    by,
  }),
  'role-ended': slack('Somebody and the commander, when a Slack group by which they held a role has them no more', {
    ...incident,
    person: person('who had the role', 'ben'),
    role: text('the role', 'approvers', { most: 'responders' }),
    group: text('the group', 'S0APPR'),
  }),
  'groups-unread': slack('The commander, when Slack does not say who is in a group', {
    ...incident,
    groups: text('the groups', 'S0APPR'),
  }),
  'hand-over': slack('The incident’s channel, when somebody else takes command', {
    ...incident,
    from: person('who commanded'),
    to: person('who commands now', 'ben'),
    by,
    third: optionalFlag('whether neither of the two decided it'),
    severity: optional('how bad it is; nothing of a drill and of routines', 'P1', 'SEVERITY99'),
    phase,
    services: optional('what is affected; nothing of a drill and of routines', 'api, web', largest.services),
  }),
  'severity-changed': slack('The incident’s channel, when it is worse or better than was thought', {
    ...incident,
    from: text('the severity before', 'P2', { most: 'SEVERITY98' }),
    to: severity,
    by,
  }),
  acknowledged: slack('The incident’s channel, when somebody has it', { ...incident, by }),
  'escalation-mention': slack('Those who are called, when nobody has acknowledged', calling),
  'escalation-direct': slack('Each of those who are called, by direct message', { ...calling, where }),
  'declared-direct': slack('Whoever declared it, by direct message, once its channel is open', {
    ...incident,
    where,
  }),
  'opened-direct': slack('Whoever asked for a drill or a routine, by direct message, once its channel is open', {
    ...incident,
    where,
  }),
  'drill-over': slack('Below the end of a run in a drill', incident),
  'escalation-instead': slack('The incident’s channel, when a rung of the ladder has no such means', {
    ...incident,
    wanted: text('what the rung is', 'mail', { most: 'a mention in this channel' }),
    why: text('why it is not there', 'no mail is set up (email in muster.yml and SMTP_URL)'),
    how: text('what is used instead', 'the pager', { most: 'a mention in this channel' }),
  }),
  'review-due': slack('The commander, until a person has read what is to be read', {
    ...incident,
    what: text('what is to be read', 'The post-mortem', { most: 'Why the glass was broken for a recovery command' }),
    due: text('by when', '2026-03-03 14:05 CET (13:05 UTC)', { most: largest.instant }),
    late: flag('whether that is over'),
  }),
  resolved: slack('The incident’s channel, when it is resolved', {
    ...incident,
    rto: measured('RTO'),
    rtoExplain: measuredFrom('RTO'),
    rpo: measured('RPO'),
    rpoExplain: measuredFrom('RPO'),
  }),
  'resolved-announced': slack('#incidents, below the announcement, when it is resolved', { ...incident, took }),
  closed: slack('The incident’s channel, and #incidents below the announcement, when it is closed', incident),

  'channel-refused': slack('#incidents, when an incident gets no channel', { ...incident, why }),
  'word-refused': slack('#incidents and the commander, when Slack did not take words', {
    ...incident,
    channel: text('the channel, with #', '#inc-7-checkout-fails'),
    what: text('what was to be said', 'a plan', { most: 'a request for approval, with its buttons' }),
    why,
  }),
  'page-refused': slack('The commander, when the status page says no', { ...incident, why }),
  'page-late': slack('The commander, when the status page waits', { ...incident, why }),
  'mail-refused': slack('The incident’s channel, when mail to an address is refused', { ...incident, addresses, why }),
  'mail-late': slack('The incident’s channel, when mail waits', { ...incident, why }),
  'pager-refused': slack('The incident’s channel, when the pager says no', { ...incident, why }),
} as const;
