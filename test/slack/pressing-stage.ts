import type { OpenView } from '../../sandbox/slack/workspace.ts';
import type { Home, Role } from '../../src/domain/home.ts';
import type { Person } from '../../src/domain/person.ts';
import { exportAudit } from '../../src/reports/audit.ts';
import type { SlackOptions } from '../../src/slack/options.ts';
import { insertOccurrence } from '../../src/store/occurrences.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

/** One person for each role and no other, nina for none, and a guest whom muster.yml names in all of them. */
export const people = {
  none: 'U0OUTSIDER',
  guest: 'U0GUS',
  publisher: 'U0CAT',
  responder: 'U0DOV',
  approver: 'U0BEN',
  commander: 'U0ANA',
};
export type Who = keyof typeof people;
export const everybody = Object.keys(people) as Who[];

const named: Record<Exclude<Who, 'none'>, string> = {
  guest: 'gus',
  publisher: 'cat',
  responder: 'dov',
  approver: 'ben',
  commander: 'ana',
};

export const ana: Person = { name: 'ana', slack: 'U0ANA', door: 'slack' };

function withThese(home: Home): Home {
  const iam = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
  const ours = Object.entries({ ...named, none: 'nina' }).map(([who, name]) => [
    name,
    { slack: people[who as Who], iam: iam(name) },
  ]);
  const only = (who: keyof typeof named): string[] => [named[who], named.guest];
  const roles: Record<Role, string[]> = {
    publishers: only('publisher'),
    responders: only('responder'),
    approvers: only('approver'),
    commanders: only('commander'),
  };
  return { ...home, people: { ...home.people, ...Object.fromEntries(ours) }, roles };
}

/** What a forged button or form may name: all of it is there, and waits for people. */
export interface Targets {
  incidentId: number;
  runId: string;
  planId: string;
  approved: string;
  broken: string;
  reviewId: string;
  occurrenceId: string;
}

export interface PressingStage {
  bench: Bench;
  channel: string;
  targets: Targets;
  /** Posts a message with one button, as nobody has been shown it, and gives its timestamp. */
  button(actionId: string, value: object): Promise<string>;
  /** Opens a form of this person's and makes another of it, as a client of their own could send it. */
  form(user: string, callback: string, metadata: object, blocks: object[]): Promise<OpenView>;
  /** Everything that an attempt could have changed: each decision that anybody took, and how all that waits stands. */
  state(): Promise<Awaited<ReturnType<typeof stateOf>>>;
  /** What this person alone was told, oldest first. */
  told(user: string): string[];
}

/** An incident with a checklist, a checkpoint, two requests, a review and a schedule's turn, all waiting for people. */
export async function startPressingStage(over: Partial<SlackOptions> = {}): Promise<PressingStage> {
  const bench = await startBench(over, 1, false, { example: 'contractorlens', changeHome: withThese });
  const { slack, muster } = bench;
  Object.assign(slack.workspace.users.get(people.guest) ?? {}, { guest: 'many-channels' });
  const targets = await prepare(bench);
  const { channelName } = (await muster.incidents.view(targets.incidentId)).incident;
  const all = () => [...slack.workspace.channels.values()];
  const opened = await until(async () => all().find(({ name }) => name === channelName), 'the channel', 60);
  for (const id of Object.values(people)) opened.members.add(id);
  const channel = opened.id;
  await bench.message('U0ANA', channel, /INC-1/);
  const call = async (method: string, body: object): Promise<{ ts: string }> => {
    const headers = { authorization: `Bearer ${slack.tokens.bot}`, 'content-type': 'application/json' };
    const response = await fetch(`${slack.url}${method}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { ts: string };
  };
  return {
    bench,
    channel,
    targets,
    async button(actionId, value) {
      const element = { type: 'button', action_id: actionId, text: { type: 'plain_text', text: 'Press' } };
      const elements = [{ ...element, value: JSON.stringify(value) }];
      const blocks = [{ type: 'actions', block_id: 'forged', elements }];
      return (await call('chat.postMessage', { channel, text: 'Forged', blocks })).ts;
    },
    async form(user, callback, metadata, blocks) {
      await bench.say(user, 'declare Forged', channel);
      const view = await bench.modal(user, /What is wrong/);
      Object.assign(view.body, {
        callback_id: callback,
        private_metadata: JSON.stringify({ channel, respondTo: null, ...metadata }),
        ...(blocks.length > 0 && { blocks }),
      });
      return view;
    },
    state: () => stateOf(bench, targets),
    told: (user) =>
      slack
        .seen(user, channel)
        .flatMap(({ only, text, blocks }) => (only === user ? [text + JSON.stringify(blocks)] : [])),
  };
}

async function prepare({ muster }: Bench): Promise<Targets> {
  const { incidents, recovery, reports, store, clock } = muster;
  const now = clock.now();
  const about = { severity: 'P3', services: ['api'], impactBeganAt: now };
  const { id: incidentId } = await incidents.declare({ ...about, title: 'Checkout fails', requestKey: 'one' }, ana);
  const other = await incidents.declare({ ...about, severity: 'P1', title: 'It was well', requestKey: 'two' }, ana);
  await incidents.resolve({ incidentId: other.id }, ana);
  const [review] = (await reports.report(other.id)).reviews;
  const ask = async (command: string, inputs: Record<string, string>) => {
    const { plan } = await recovery.plan({ incidentId, command, inputs }, ana);
    return { plan, consent: await recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept: {} }, ana) };
  };
  const remedy = (tasks: string) => ({ remedy: 'more-tasks', tasks });
  const approved = await ask('service-failure', remedy('4'));
  const broken = await ask('service-failure', remedy('5'));
  const { plan: fresh } = await recovery.plan({ incidentId, command: 'service-failure', inputs: remedy('6') }, ana);
  await ask('review', {});
  const run = await until(() => recovery.currentRun(incidentId), 'the run', 60);
  const runId = run.run.id;
  const waits = async (): Promise<boolean> => {
    const { steps } = await recovery.readRun(runId);
    return steps.filter(({ id, status }) => ['numbers', 'people'].includes(id) && status === 'running').length === 2;
  };
  await until(waits, 'people to be asked', 60);
  const end = new Date(now.getTime() + 86_400_000);
  const occurrence = { id: 'occ_1', schedule: 'copies', dueAt: now, until: end, state: 'asked' as const };
  await store.tx((tx) => insertOccurrence(tx, { ...occurrence, remindAt: null, why: null, endedAt: null }));
  return {
    incidentId,
    runId,
    planId: fresh.id,
    approved: approved.consent.code,
    broken: broken.consent.code,
    reviewId: review?.id ?? '',
    occurrenceId: 'occ_1',
  };
}

async function stateOf({ muster }: Bench, { incidentId, runId, occurrenceId }: Targets) {
  const { incidents, recovery, schedules, store, clock } = muster;
  const decisions: { what: string; who: string }[] = [];
  for await (const line of exportAudit({ store, clock, name: 'test' })) decisions.push(JSON.parse(line));
  const { run, steps } = await recovery.readRun(runId);
  const consents = await recovery.pendingConsents(incidentId);
  return {
    decisions: decisions.filter(({ who }) => who !== 'muster').map(({ what, who }) => `${who} ${what}`),
    incidents: (await incidents.list()).map(({ id, title, phase, severity }) => ({ id, title, phase, severity })),
    timeline: (await incidents.timeline.list(incidentId, ana)).filter(({ who }) => who !== 'muster').length,
    run: [run.status, ...steps.map(({ id, status }) => `${id} ${status}`)],
    items: (await recovery.readChecklist({ runId, step: 'numbers' })).items.filter(({ answer }) => answer !== null),
    consents: consents.map(({ code, state }) => `${code} ${state}`).toSorted(),
    occurrence: (await schedules.occurrence(occurrenceId)).state,
  };
}
