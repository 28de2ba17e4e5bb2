import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

const people = { none: 'U0OUTSIDER', publisher: 'U0CAT', responder: 'U0DOV', approver: 'U0BEN', commander: 'U0ANA' };
type Who = keyof typeof people;

const butCommander: Who[] = ['none', 'publisher', 'responder', 'approver'];

/**
 * What is typed of each word, and who is refused it for want of a role; ben, who approves, and ana also respond. Words
 * that steer a run say to whoever has a role that there is none; a form that changes something is refused when it is sent.
 */
const table: Record<string, { typed: string; refused: Who[] }> = {
  help: { typed: 'help', refused: ['none'] },
  declare: { typed: 'declare Mine', refused: [] },
  list: { typed: 'list', refused: ['none'] },
  status: { typed: 'status', refused: ['none'] },
  contacts: { typed: 'contacts', refused: ['none'] },
  schedules: { typed: 'schedules', refused: ['none'] },
  plan: { typed: 'plan failover', refused: butCommander },
  drill: { typed: 'drill none', refused: [] },
  rehearse: { typed: 'rehearse none', refused: ['none', 'publisher'] },
  approve: { typed: 'approve A1B2C3', refused: ['none', 'publisher', 'responder', 'commander'] },
  'break-glass': { typed: 'break-glass A1B2C3 it cannot wait', refused: butCommander },
  pause: { typed: 'pause', refused: ['none'] },
  resume: { typed: 'resume', refused: ['none'] },
  abort: { typed: 'abort', refused: ['none'] },
  retry: { typed: 'retry serving', refused: ['none'] },
  skip: { typed: 'skip serving it is wrong', refused: ['none'] },
  undo: { typed: 'undo', refused: ['none'] },
  answer: { typed: 'answer serving done', refused: ['none'] },
  publish: { typed: 'publish', refused: ['none'] },
  update: { typed: 'update We look into it', refused: ['none'] },
  snooze: { typed: 'snooze', refused: butCommander },
  ack: { typed: 'ack', refused: ['none', 'publisher'] },
  severity: { typed: 'severity P2', refused: butCommander },
  timeline: { typed: 'timeline it came back', refused: ['none'] },
  report: { typed: 'report', refused: ['none'] },
  assign: { typed: 'assign responder @dov', refused: butCommander },
  failover: { typed: 'failover', refused: butCommander },
  'restart-service': { typed: 'restart-service', refused: butCommander },
  resolve: { typed: 'resolve', refused: butCommander },
  close: { typed: 'close', refused: butCommander },
};

let bench: Bench;
const channel = 'inc-1-checkout-fails';
beforeAll(async () => {
  bench = await startBench({}, 60);
  await bench.say('U0ANA', 'declare Checkout fails');
  const form = await bench.modal('U0ANA', /What is wrong/);
  await bench.slack.act.submitView({ user: 'U0ANA', viewId: form.id, values: { services: ['api'] } });
  const all = () => [...bench.slack.workspace.channels.values()];
  const opened = await until(async () => all().find(({ name }) => name === channel), 'the channel');
  await bench.message('U0ANA', channel, /INC-1/);
  for (const id of Object.values(people)) opened.members.add(id);
});
afterAll(() => bench.close());

/** What Muster answers this person alone: a sentence, or what stands in a form. */
async function answerTo(user: string, typed: string): Promise<string> {
  const own = (): string[] =>
    bench.slack
      .seen(user, channel)
      .flatMap(({ only, text, blocks }) => (only === user ? [text + JSON.stringify(blocks)] : []));
  const before = own().length;
  await bench.say(user, typed, channel);
  const answer = await until(
    async () => own().slice(before).at(-1) ?? formOf(user),
    `an answer to /dr ${typed}`,
    15,
    20,
  );
  const view = bench.slack.modalOf(user);
  if (view) await bench.slack.act.closeView({ user, viewId: view.id });
  return answer;
}

function formOf(user: string): string | undefined {
  const view = bench.slack.modalOf(user);
  const text = view && JSON.stringify(view.body);
  return text === undefined || text.includes('⏳') ? undefined : text;
}

/** Every word there is, as Muster itself lists them. */
async function wordsThere(): Promise<string[]> {
  const answer = await answerTo('U0ANA', 'qqqqqqqqqqqqqqqqqqqqqqqq');
  return /it knows ([a-z, -]+)\./.exec(answer)?.[1]?.split(', ') ?? [];
}

it('names every word that there is', async () => {
  expect(Object.keys(table).toSorted()).toEqual((await wordsThere()).toSorted());
});

it.each(Object.entries(table))(
  '%s is refused, in a sentence that says who may, to whom it is not for',
  async (_word, { typed, refused }) => {
    const found: Who[] = [];
    for (const who of Object.keys(people) as Who[]) {
      const answer = await answerTo(people[who], typed);
      if (/\bOnly\b.{1,200}\b(may|can)\b/.test(answer)) found.push(who);
    }
    expect(found).toEqual(refused);
  },
);
