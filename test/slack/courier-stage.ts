import { afterEach } from '@jest/globals';
import { z } from 'zod';
import { type SimulatedSlack, startSlack } from '../../sandbox/slack/start.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Delivery } from '../../src/domain/ports/courier.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import type { IncidentView } from '../../src/domain/views.ts';
import { LeaseLost } from '../../src/durable/types.ts';
import { createChannels } from '../../src/slack/channels.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createCourier } from '../../src/slack/courier.ts';
import { createGroups } from '../../src/slack/groups.ts';
import { createPainter } from '../../src/slack/painter.ts';
import { townHome as home } from '../support/town.ts';
import { readManifest } from './bench.ts';
import {
  checklistViewOf,
  consentViewOf,
  draftViewOf,
  incidentOf,
  incidentViewOf,
  longPlan,
  reviewViewOf,
  runViewOf,
} from './views.ts';

const started: SimulatedSlack[] = [];
afterEach(async () => {
  for (const slack of started.splice(0)) await slack.stop();
});

/** The courier and the painter against a simulated Slack, on read models that the test decides. */
export async function startCourier(
  over: {
    rateLimits?: boolean;
    incident?: Partial<Incident>;
    /** Where the Web API is reached instead of where it is. */
    through?: (url: string) => Promise<string>;
  } = {},
) {
  const members: IncidentView['members'] = [];
  const { oauth_config } = await readManifest();
  const slack = await startSlack({ home, scopes: oauth_config.scopes.bot, rateLimits: over.rateLimits ?? false });
  started.push(slack);
  const incident = incidentOf({ channel: null, ...over.incident });
  const log = createLog('silent');
  const { bulk: client } = createClients(slack.tokens.bot, (await over.through?.(slack.url)) ?? slack.url, log);
  const reads = {
    recovery: {
      readPlan: async () => longPlan(40, 'Something that is changed in the standby Region, with more words to it'),
      readConsent: async () => consentViewOf(),
      readRun: async () => runViewOf(),
      readChecklist: async () => checklistViewOf(),
    },
    incidents: {
      view: async () => incidentViewOf({ incident, members }),
      byChannel: async (channel: string) => (channel === incident.channel ? incident : null),
    },
    broadcast: {
      draft: async () => ({ name: 'n', body: 'b', components: [], canPost: true, page: null }),
      updates: { draft: async () => draftViewOf('words') },
    },
    reports: {
      review: async () => ({
        view: reviewViewOf(),
        file: { name: 'inc-7-post-mortem.md', markdown: '# What happened\n' },
      }),
    },
    schedules: {
      occurrence: async () => {
        throw new Error('This stage has no schedules.');
      },
    },
    home,
    simulated: false,
  };
  /** Whether another process has taken over from this one. */
  const takenOver = { now: false };
  const deps = {
    client,
    channels: createChannels(client, reads),
    reads,
    home,
    log,
    groups: createGroups(client, systemClock, async () => 'member'),
    self: () => slack.workspace.bot.user,
    crash: noCrash,
    mayPost: async () => {
      if (takenOver.now) throw new LeaseLost('Another process has taken over.');
    },
  };
  return {
    takenOver,
    slack,
    incident,
    members,
    courier: createCourier(deps),
    painter: createPainter(deps),
    groups: deps.groups,
  };
}

const Receipt = z.object({ channel: z.string(), ts: z.string().default('') });
export function placeOf(delivery: Delivery): z.infer<typeof Receipt> {
  if (delivery.state !== 'sent') throw new Error(delivery.why);
  return Receipt.parse(delivery.receipt);
}

export const open: Outgoing = { to: 'slack', do: 'open-channel', incidentId: 7 };
export function sentence(text: string, place: Extract<Outgoing, { do: 'post' }>['place']): Outgoing {
  return { to: 'slack', do: 'post', place, notice: { kind: 'sentence', text, mention: [] } };
}
export const incidents = { in: 'channel', name: '#incidents' } as const;
export const named = (slack: SimulatedSlack, name: string) =>
  [...slack.workspace.channels.values()].filter((each) => each.name.startsWith(name));
