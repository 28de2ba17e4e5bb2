import { readManifest } from '../../sandbox/manifest.ts';
import { type SimulatedSlack, startSlack as startSimulatedSlack } from '../../sandbox/slack/start.ts';
import type { Message, OpenView } from '../../sandbox/slack/workspace.ts';
import type { Standing, UpdateAsk, UpdateForm } from '../../src/broadcast/broadcast.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { Person } from '../../src/domain/person.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { UseCases } from '../../src/slack/edge.ts';
import { type SlackEdge, startSlack } from '../../src/slack/start.ts';
import { until } from '../support/simulated-muster.ts';
import { townHome as home } from '../support/town.ts';
import { draftViewOf, entryOf, incidentOf, incidentViewOf, previewsOf, reviewViewOf, updateFormOf } from './views.ts';

/** What the Slack edge asked for, in order: the name of the use case, what was asked, by whom. */
export type Asked = [what: string, ask: unknown, by: string | null];

export interface Stage {
  slack: SimulatedSlack;
  edge: SlackEdge;
  asked: Asked[];
  /** The incident's channel. */
  channel: string;
  /** What the editor begins with; a test may change it. */
  form: UpdateForm;
  /** How things stand; a test may change it. */
  standing: Standing;
  /** Names that have lost their roles since. */
  outsiders: Set<string>;
  modal(user: string, holding: RegExp): Promise<OpenView>;
  message(user: string, channel: string, holding: RegExp): Promise<Message>;
  say(user: string, text: string, channel?: string): Promise<void>;
  did(what: string, times?: number): Promise<unknown[]>;
  stop(): Promise<void>;
}

/** The Slack edge behind real Bolt and a simulated Slack, on use cases that only note what they are asked. */
export async function startStage(over: { slowMs?: number; components?: number } = {}): Promise<Stage> {
  const slack = await startSimulatedSlack({ home, ...(await readManifest()), rateLimits: false });
  const channel = [...slack.workspace.channels.values()].find(({ name }) => name === 'incidents')?.id ?? '';
  const asked: Asked[] = [];
  const form = updateFormOf(over.components ?? 2);
  const outsiders = new Set<string>();
  const standing: Standing = { phase: 'investigating', page: null, run: null, words: 'as they are' };
  const useCases = noting(asked, { channel, form, standing, outsiders, slowMs: over.slowMs ?? 0 });
  const { bot: botToken, signingSecret } = slack.tokens;
  const edge = await startSlack({
    mode: { kind: 'http', port: 0, host: '127.0.0.1', signingSecret, botToken },
    apiUrl: slack.url,
    home,
    useCases,
    clock: systemClock,
    real: systemClock,
    ids: { next: (prefix) => `${prefix}_1` },
    log: createLog('silent'),
    seen: async () => false,
    simulated: false,
    crash: noCrash,
  });
  slack.deliverTo(`http://127.0.0.1:${edge.port}/slack/events`);
  const seen = (user: string, where: string, holding: RegExp) =>
    slack.seen(user, where).findLast((message) => holding.test(JSON.stringify(message)));
  return {
    slack,
    edge,
    asked,
    channel,
    form,
    standing,
    outsiders,
    modal: (user, holding) => until(async () => holds(slack.modalOf(user), holding), `a modal with ${holding}`, 10),
    message: (user, where, holding) => until(async () => seen(user, where, holding), `a message with ${holding}`, 10),
    say: async (user, text, where = channel) => {
      const acted = await slack.act.slashCommand({ user, channel: where, text });
      if (!acted.ok) throw new Error(acted.shown);
    },
    did: async (what, times = 1) => {
      const all = () => asked.filter(([name]) => name === what);
      await until(async () => all().length >= times, `${what} was asked for ${times} times`, 10);
      return all().map(([, ask]) => ask);
    },
    stop: async () => {
      await edge.stop();
      await slack.stop();
    },
  };
}

function holds(view: OpenView | undefined, holding: RegExp): OpenView | null {
  return view !== undefined && holding.test(JSON.stringify(view.body)) ? view : null;
}

function noting(
  asked: Asked[],
  of: { channel: string; form: UpdateForm; standing: Standing; outsiders: ReadonlySet<string>; slowMs: number },
): UseCases {
  const incident = incidentOf({ channel: of.channel });
  const note =
    (what: string, answer: string) =>
    async (ask: unknown, by: Person | null = null): Promise<string> => {
      asked.push([what, ask, by?.name ?? null]);
      return answer;
    };
  const noResult =
    (what: string) =>
    async (ask: unknown, by: Person | null = null) => {
      asked.push([what, ask, by?.name ?? null]);
    };
  const never = (): never => {
    throw new Error('This stage has no engine.');
  };
  const mayNote = (by: Person): void => {
    if (!Object.hasOwn(home.people, by.name)) throw new Refusal('Only a responder may write in the timeline.');
  };
  return {
    recovery: new Proxy({} as UseCases['recovery'], {
      get: (_target, name) =>
        ({
          commands: () => [],
          currentRun: async () => null,
          pendingConsents: async () => [],
          retry: note('retry', 'It is tried again.'),
          abort: note('abort', 'Nothing more is started.'),
          answer: note('answer', 'It is answered.'),
        })[String(name)] ?? never,
    }),
    incidents: {
      declare: async (ask, by) => {
        asked.push(['declare', ask, by.name]);
        return never();
      },
      openRecord: never,
      assign: never,
      resolve: never,
      close: never,
      setSeverity: note('setSeverity', 'It is P2 now.'),
      open: async () => [incident],
      list: async () => [incident],
      byChannel: async (channel) => (channel === of.channel ? incident : null),
      view: async () => incidentViewOf({ incident }),
      mayLook: async (by) => {
        if (of.outsiders.has(by.name) || !Object.hasOwn(home.people, by.name))
          throw new Refusal('Only people with a role in muster.yml may look.');
      },
      timeline: {
        list: async () => [entryOf(1, 'ana declared it')],
        note: note('note', 'It is in the timeline.'),
        command: noResult('command'),
        keep: async (message, by) => {
          mayNote(by);
          return note('keep', 'It is kept.')(message, by);
        },
        unkeep: note('unkeep', 'It is taken out.'),
        edited: noResult('edited'),
        deleted: noResult('deleted'),
      },
    },
    broadcast: {
      start: () => {},
      stop: async () => {},
      nudge: () => {},
      draft: async () => ({ name: 'Acme Shop', body: 'It fails.', components: [], canPost: true, page: null }),
      publish: note('publish', 'It is on its way.'),
      ack: note('ack', 'You have it.'),
      review: note('review', 'It is reviewed.'),
      updates: {
        form: async () => of.form,
        preview: async (ask) => {
          refuseSecrets(ask);
          const all = previewsOf(`${ask.inside}|${ask.outside}`);
          return {
            previews: all.filter(({ audience }) => ask.audiences.includes(audience)),
            standing: { ...of.standing },
          };
        },
        send: async ({ seen, ...ask }, by) => {
          await systemClock.sleep(of.slowMs);
          refuseSecrets(ask);
          if (seen?.phase !== of.standing.phase)
            throw new Refusal('The state has changed since you read this.', 'seen');
          return note('send', 'It is on its way to them.')(ask, by);
        },
        sendDraft: note('sendDraft', 'The draft is on its way.'),
        snooze: note('snooze', 'Held back until 15:10 UTC.'),
        posted: note('posted', 'It is noted as posted.'),
        draft: async () => draftViewOf('words'),
      },
    },
    schedules: { list: never, occurrence: never, begin: never, decline: never },
    rehearsals: { begin: never, look: never, stop: never, close: async () => {} },
    reports: {
      review: async () => ({
        view: reviewViewOf(),
        file: { name: 'inc-7-post-mortem.md', markdown: '# What happened\n' },
      }),
      report: async () => ({
        file: { name: 'inc-7-post-mortem.md', markdown: '# What happened\n\nCheckout failed.\n' },
        reviews: [reviewViewOf()],
      }),
    },
  };
}

/** As the rules of words refuse it: with the field in which it stands. */
function refuseSecrets(ask: UpdateAsk): void {
  if (ask.outside.includes('db-7'))
    throw new Refusal('db-7 is an internal name: say it as customers know it.', 'outside');
}
