import { publicStatuses } from '../../../domain/notice.ts';
import { copy, flag, list, nameList, names, oneOf, optional, optionalFlag, person, text } from '../fields.ts';
import * as largest from '../largest.ts';
import {
  began,
  calling,
  incident,
  inside,
  items,
  nextUpdate,
  outside,
  phase,
  services,
  severity,
  waiting,
  what,
} from './inputs.ts';
import { draft, mail, name, page, slack } from './spec.ts';

const audience = text('who was, or is, to be told', 'stakeholders', { most: 'responders, stakeholders, customers' });
const promised = text('the minute they were told', '15:30 CET (14:30 UTC)', { most: '19:59 GMT-12:30 (23:59 UTC)' });
const toCopy = {
  ...incident,
  page: text('the status page’s id', 'page01', { most: 'x'.repeat(40) }),
  address: text('where people change it', 'https://manage.statuspage.io/pages/page01', { most: 'x'.repeat(200) }),
  name: copy('the public incident’s name', 'Acme Shop: disruption of api', largest.sentence),
  status: oneOf('what the page is to show', publicStatuses, 'identified'),
  components: list('what each component is to show', ['cmp_api: major outage'], largest.components),
  body: copy('the words', 'Some orders fail.'),
  opens: flag('whether the public incident is still to be created'),
};
const restored = nameList('services that were seen to work', ['web'], largest.serviceList.slice(25));
const affected = nameList('services that still fail', ['api'], largest.serviceList.slice(0, 25));
const onPage = { services, began, nextUpdate };

/** What audiences are told, and what those who tell them are. */
export const audienceWords = {
  declaration: slack('Stakeholders, when an incident is declared', inside),
  progress: slack('Responders, at each update', inside),
  'stakeholder-update': slack('Stakeholders, at each update', inside),
  'customer-notice': slack('Those who speak with customers, at each update', outside),
  completion: slack('Stakeholders and responders, when the incident is resolved', inside),
  'all-clear': slack('Those who speak with customers, when the incident is resolved', outside),

  'promise-broken': slack('The commander, when promised words did not arrive in time', {
    ...incident,
    audience,
    promised,
  }),
  'words-failed': slack('The commander, when words that go by themselves could not be made', {
    ...incident,
    audience,
  }),
  'audience-unreached': slack('The commander, when muster.yml names no way to reach an audience any more', {
    ...incident,
    audience,
  }),
  'words-due': slack('Publishers or the commander, when words are due that nobody but they may send', {
    ...incident,
    audience,
    due: text('when they are or were due', '15:30 CET (14:30 UTC)', { most: '19:59 GMT-12:30 (23:59 UTC)' }),
    late: optionalFlag('whether that minute is over'),
    overdue: text('for how long they have been due', '1h 37m'),
  }),
  snoozed: slack('The incident’s channel, when the next words are held back', {
    ...incident,
    audiences: audience,
    until: promised,
    by: person('who held them back'),
  }),
  'mail-to-copy': slack('The incident’s channel, when no mail can be sent: the text to copy', {
    ...incident,
    addresses: copy('mail addresses', 'vp@example.com, cto@example.com', largest.addresses),
    subject: copy('the subject', 'Acme Shop: update', largest.title),
    text: copy('the text', 'Some orders fail.\nNext update by 15:30 CET (14:30 UTC).'),
  }),
  'public-to-copy': slack('Publishers, when there is no key to the status page: the text to copy', toCopy),
  'public-to-copy-late': slack('Publishers, when the status page has been down for too long: the text to copy', toCopy),
  'public-taken': slack(
    'Publishers, in place of the text to copy, when the status page has taken the words after all',
    {
      ...incident,
      page: toCopy.page,
      at: text('when it took them', '15:32 CET (14:32 UTC)', { most: '19:59 GMT-12:30 (23:59 UTC)' }),
    },
  ),

  'public-suggested': slack('Publishers, when words for the page are ready and theirs to send', {
    ...incident,
    status: toCopy.status,
    body: copy('the words', 'Service has been restored.'),
  }),

  'draft-inside': draft('The first draft of words to responders and stakeholders', {
    changes: items('what changed since the last words', 'The replica was promoted.', 'DNS points to us-west-2.'),
    restored,
    affected,
    happening: text('what is being done', 'Step 5 of 8 of failover: scale'),
    next: text('what comes next', 'All targets healthy, then traffic moves.', { least: '' }),
  }),
  'draft-outside': draft('The first draft of words to customers and the public', {
    system: outside.system,
    phase,
    restored,
    affected,
  }),
  'severity-inside': draft('What responders and stakeholders are told first when the severity changes', {
    from: text('the severity before', 'P2', { most: 'SEVERITY98' }),
    to: severity,
  }),
  'hand-over-inside': draft('What stakeholders are told first when somebody else takes command', {
    from: person('who commanded'),
    to: person('who commands now', 'ben'),
  }),
  'holding-inside': draft('Responders and stakeholders, when words are due and nobody spoke', {
    services,
    phase,
  }),
  'holding-outside': draft('Customers and the public, when words are due and nobody spoke', {
    services,
    phase,
    began: optional('when the impact began', '2026-03-01 14:05 CET (13:05 UTC)', largest.instant),
  }),

  'public-name': name('The public incident’s name', {
    systemTitle: outside.system,
    services: names('what is affected', 'api, web', largest.services, 3),
  }),
  'public-opened': page('The first public words: investigating', onPage),
  'public-continuing': page('A recovery ended, and nobody was seen served: identified', onPage),
  'public-verifying': page('Recovery is carried out, but not all of it was seen to work: monitoring', onPage),
  'public-monitoring': page('Service is restored and watched: monitoring', onPage),
  'public-resolved': page('The last public words: resolved', { services, began }),
  'public-update': page('A person’s words, or words by themselves, in any state', outside),
} as const;

export const mails = {
  declaration: mail('Stakeholders, when an incident is declared', inside),
  'stakeholder-update': mail('Stakeholders, at each update', inside),
  'customer-notice': mail('Customers, at each update', outside),
  completion: mail('Stakeholders, when the incident is resolved', inside),
  'all-clear': mail('Customers, when the incident is resolved', outside),
  escalation: mail('Those who are called, when nobody has acknowledged', calling),
  'approval-asked': mail('Approvers, when a request waits', {
    ...incident,
    severity,
    what,
    code: waiting.code,
    requestedBy: waiting.requestedBy,
    waited: calling.waited,
    channel: calling.channel,
  }),
} as const;
