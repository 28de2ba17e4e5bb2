import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { readManifest } from '../../sandbox/manifest.ts';
import { type SimulatedSlack, startSlack } from '../../sandbox/slack/start.ts';
import { createLog } from '../../src/compose/log.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createGroups } from '../../src/slack/groups.ts';
import type { Standing } from '../../src/slack/standing.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { townHome } from '../support/town.ts';

const minute = 60_000;
let slack: SimulatedSlack;
let clock: ManualClock;
let groups: (id: string) => Promise<string[]>;
/** What Slack has said of people; of nobody else anything. */
const standings = new Map<string, Standing>();

beforeAll(async () => {
  slack = await startSlack({ home: townHome, ...(await readManifest()), rateLimits: false });
});
afterAll(() => slack.stop());
beforeEach(() => {
  standings.clear();
  standings.set('U0DOV', 'member').set('U0EVE', 'guest').set('U0OLD', 'gone');
  clock = createManualClock();
  const { bulk } = createClients(slack.tokens.bot, slack.url, createLog('silent'));
  groups = createGroups(bulk, clock, async (user) => standings.get(user) ?? null);
});

const isOf = (users: string[]) =>
  slack.workspace.groups.set('S0APPR', { id: 'S0APPR', handle: 'appr', name: 'Approvers', users });

it('has no guest and nobody whose account is deactivated', async () => {
  isOf(['U0DOV', 'U0EVE', 'U0OLD']);
  expect(await groups('S0APPR')).toEqual(['U0DOV']);
});

it('is not known while Slack has not said of each who they are', async () => {
  isOf(['U0DOV', 'U0FAY']);
  await expect(groups('S0APPR')).rejects.toThrow(
    'Slack did not give the members of group S0APPR: it has not said yet who of them is a full member.',
  );
  standings.set('U0FAY', 'member');
  expect(await groups('S0APPR')).toEqual(['U0DOV', 'U0FAY']);
});

it('keeps those it has, without somebody new of whom Slack does not say it', async () => {
  isOf(['U0DOV']);
  await groups('S0APPR');
  isOf(['U0DOV', 'U0FAY']);
  await clock.advance(minute);
  expect(await groups('S0APPR')).toEqual(['U0DOV']);
  standings.set('U0FAY', 'member');
  expect(await groups('S0APPR')).toEqual(['U0DOV', 'U0FAY']);
});

it('loses whoever has left it, and whoever became a guest, within a minute', async () => {
  standings.set('U0FAY', 'member').set('U0GIL', 'member');
  isOf(['U0DOV', 'U0FAY', 'U0GIL']);
  await groups('S0APPR');
  isOf(['U0DOV', 'U0FAY']);
  standings.set('U0FAY', 'guest');
  await clock.advance(minute);
  expect(await groups('S0APPR')).toEqual(['U0DOV']);
});

it('stays as it was read last while Slack does not give it', async () => {
  isOf(['U0DOV']);
  await groups('S0APPR');
  slack.faults.down = '503';
  await clock.advance(minute);
  expect(await groups('S0APPR')).toEqual(['U0DOV']);
  slack.faults.down = 'no';
});
