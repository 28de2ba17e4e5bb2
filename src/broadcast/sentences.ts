import { z } from 'zod';

/** Everything that templates may say: for whom it is written, what it is given, and an example to check it with. */

const text = z.string();
/** A name in muster.yml, or a Slack id: shown as a person. */
export const person = z.string();
const incident = { label: text, title: text };
const run = { ...incident, command: text };
const waiting = { ...run, code: text, requestedBy: person, waited: text, needed: z.int(), several: z.boolean() };
const page = { services: text, began: text };

const inc = { label: 'INC-7', title: 'Checkout fails for everybody' };
const failover = { ...inc, command: 'failover' };
const asked = { ...failover, code: '3F9A21', requestedBy: 'ana', waited: '3m', needed: 2, several: true };
const api = { services: 'api, web', began: '2026-03-01 14:05 UTC' };

interface SentenceSpec<Shape extends z.ZodRawShape = z.ZodRawShape> {
  audience: 'slack' | 'public';
  input: z.ZodObject<Shape>;
  examples: readonly z.infer<z.ZodObject<Shape>>[];
}

function slack<Shape extends z.ZodRawShape>(
  shape: Shape,
  ...examples: z.infer<z.ZodObject<Shape>>[]
): SentenceSpec<Shape> {
  return { audience: 'slack', input: z.object(shape), examples };
}

function open<Shape extends z.ZodRawShape>(
  shape: Shape,
  ...examples: z.infer<z.ZodObject<Shape>>[]
): SentenceSpec<Shape> {
  return { audience: 'public', input: z.object(shape), examples };
}

export const sentences = {
  'consent-asked': slack(
    { ...run, code: text, requestedBy: person },
    { ...failover, code: '3F9A21', requestedBy: 'ana' },
  ),
  'consent-waiting': slack(waiting, asked, { ...asked, needed: 1, several: false }),
  'consent-waiting-direct': slack({ ...waiting, channel: text }, { ...asked, channel: 'inc-7-checkout-fails' }),
  'consent-waiting-last': slack(waiting, asked),
  'glass-broken': slack(
    { ...run, code: text, by: person, reason: text },
    { ...failover, code: '3F9A21', by: 'ana', reason: 'Nobody answers' },
  ),
  'run-paused': slack({ ...run, why: text }, { ...failover, why: 'promote failed: no replica' }),
  'run-stuck': slack({ ...run, why: text }, { ...failover, why: 'the log does not replay.' }),
  'run-succeeded': slack({ ...run, took: text }, { ...failover, took: '21m 4s' }),
  'run-succeeded-with-exceptions': slack(
    { ...run, took: text, exceptions: text },
    { ...failover, took: '21m 4s', exceptions: 'fence deferred' },
  ),
  'run-failed': slack({ ...run, took: text, why: text }, { ...failover, took: '21m 4s', why: 'promote timed out' }),
  'run-aborted': slack({ ...run, took: text, why: text }, { ...failover, took: '21m 4s', why: 'ana aborted it' }),
  'run-undone': slack({ ...run, took: text }, { ...failover, took: '21m 4s' }),
  'region-switched': slack(
    { ...incident, services: text, region: text },
    { ...inc, services: 'api', region: 'us-west-2' },
  ),
  'guard-armed': slack({ ...incident, region: text, step: text }, { ...inc, region: 'us-east-1', step: 'fence' }),
  'guard-fenced': slack({ ...incident, region: text, step: text }, { ...inc, region: 'us-east-1', step: 'fence' }),
  'guard-troubled': slack(
    { ...incident, region: text, step: text, why: text },
    { ...inc, region: 'us-east-1', step: 'fence', why: 'the step is no longer as it was approved.' },
  ),
  'guard-released': slack(
    { ...incident, region: text, step: text, why: text },
    { ...inc, region: 'us-east-1', step: 'fence', why: 'api was moved back there.' },
  ),
  'role-granted': slack(
    { ...incident, person, role: text, by: person },
    { ...inc, person: 'ben', role: 'approvers', by: 'ana' },
  ),
  'groups-unread': slack({ ...incident, groups: text }, { ...inc, groups: 'S0APPR' }),
  resolved: slack(
    { ...incident, rto: text, rtoExplain: text, rpo: text, rpoExplain: text },
    {
      ...inc,
      rto: 'RTO 24m of 1h: met',
      rtoExplain: 'serving passed',
      rpo: 'RPO not observed',
      rpoExplain: 'no promotion',
    },
  ),
  closed: slack(incident, inc),
  'channel-refused': slack({ ...incident, why: text }, { ...inc, why: 'Slack said restricted_action' }),
  'word-refused': slack(
    { ...incident, channel: text, what: text, why: text },
    { ...inc, channel: '#inc-7-checkout-fails', what: 'a plan', why: 'The channel is archived.' },
  ),
  'page-refused': slack({ ...incident, why: text }, { ...inc, why: 'The component is unknown' }),
  'page-late': slack({ ...incident, why: text }, { ...inc, why: 'Statuspage does not answer' }),
  'public-name': open({ systemTitle: text, services: text }, { systemTitle: 'Acme Shop', services: 'api' }),
  'public-opened': open(page, api),
  'public-monitoring': open(page, api),
  'public-verifying': open(page, api),
  'public-continuing': open(page, api),
  'public-resolved': open(page, api),
} as const;

export type SentenceName = keyof typeof sentences;
export type SentenceInput<Name extends SentenceName> = z.infer<(typeof sentences)[Name]['input']>;

/** Renders one sentence; its values are escaped for its audience. */
export type Say = <Name extends SentenceName>(name: Name, input: SentenceInput<Name>) => string;
