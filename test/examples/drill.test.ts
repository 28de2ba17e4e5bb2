import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifest } from '../../sandbox/manifest.ts';
import { type SimulatedSlack, startSlack as startSimulatedSlack } from '../../sandbox/slack/start.ts';
import { randomIds } from '../../src/clock/ids.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createLog } from '../../src/compose/log.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { type SlackEdge, startSlack } from '../../src/slack/start.ts';
import { activeRegions } from '../../src/store/regions.ts';
import { type Hands, handsIn } from '../e2e/hands.ts';
import { type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const devops = { name: 'devops', slack: 'U0DEVOPS', door: 'slack' } as const;
const lead = { name: 'engineering-lead', slack: 'U0ENGLEAD', door: 'slack' } as const;

describe('a drill of contractorlens, from its word to its closed record', () => {
  let muster: SimulatedMuster;
  let slack: SimulatedSlack;
  let edge: SlackEdge;
  let hands: Hands;
  let drill: Incident;
  let incident: Incident;
  let channel = '';

  beforeAll(async () => {
    muster = await startSimulatedMuster({ example: 'contractorlens', env: { MUSTER_LOG_LEVEL: 'error' } });
    slack = await startSimulatedSlack({ home: muster.home, ...(await readManifest()), rateLimits: false });
    const { bot: botToken, signingSecret } = slack.tokens;
    edge = await startSlack({
      mode: { kind: 'http', port: 0, host: '127.0.0.1', signingSecret, botToken },
      apiUrl: slack.url,
      home: muster.home,
      useCases: muster,
      clock: muster.clock,
      real: systemClock,
      ids: randomIds,
      log: createLog('silent'),
      seen: async () => false,
      simulated: true,
      crash: noCrash,
    });
    slack.deliverTo(`http://127.0.0.1:${edge.port}/slack/events`);
    muster.slack.connect(edge);
    muster.broadcast.start();
    hands = handsIn(slack);
  }, 60_000);
  afterAll(async () => {
    await edge.stop();
    await muster.close();
    await slack.stop();
  });

  const whispered = (is: RegExp): Promise<unknown> => hands.seen(devops.slack, 'incidents', is);
  const outbox = (): Promise<Outgoing[]> =>
    muster.store.tx(async (tx) =>
      (await tx.query<{ document: Outgoing }>('select document from outbox order by id')).map(
        ({ document }) => document,
      ),
    );
  const runOf = (id: number) => muster.recovery.currentRun(id);

  it('is opened by /dr drill, planned and run in a channel of its own', async () => {
    await hands.dr(devops.slack, 'drill monthly-test', 'incidents');
    const form = JSON.stringify((await hands.modal(devops.slack)).body);
    expect(form).toContain('It goes on as a drill, in a channel of its own');
    expect(form).toContain('DRILL-1');
    expect(await hands.submit(devops.slack, {})).toEqual({ state: 'closed' });
    drill = await until(
      async () => (await muster.incidents.open()).find(({ channel: id }) => id !== null),
      'its channel',
    );
    expect(drill).toMatchObject({ kind: 'drill', channelName: 'drill-1-monthly-test', commander: 'devops' });
    channel = drill.channel ?? '';
    await whispered(/starts now.[\s\S]*DRILL-1/);
    await hands.seen(devops.slack, channel, /🧪 drill/);
    await until(async () => (await runOf(drill.id))?.run.status === 'running', 'its run');
    await hands.seen(devops.slack, channel, /Running: Monthly test.*\(DRILL-1\)[\s\S]*🧪 \*Drill:\*/);
  }, 90_000);

  it('holds what it tests, and whoever recovers is told how to end it at once', async () => {
    await hands.dr(devops.slack, 'pause', channel);
    await until(async () => (await runOf(drill.id))?.run.status === 'paused', 'the drill to pause');
    incident = await muster.incidents.declare(
      {
        title: 'us-west-2 is lost',
        severity: 'P1',
        services: Object.keys(muster.home.system.services),
        impactBeganAt: muster.clock.now(),
        requestKey: 'real',
      },
      devops,
    );
    const made = await muster.recovery.plan({ incidentId: incident.id, command: 'region-failure', inputs: {} }, devops);
    const accept = Object.fromEntries(made.problems.map(({ check }) => [check, 'seen']));
    const asked = await muster.recovery.request(
      { planId: made.plan.id, phrase: made.plan.phrase ?? '', accept },
      devops,
    );
    const started = muster.recovery.approve({ code: asked.code, incidentId: incident.id }, lead);
    await expect(started).rejects.toThrow(
      /is held by monthly-test .*That is only a drill: end it with \/dr abort DRILL-1, anywhere or in #drill-1-monthly-test/,
    );
    await hands.dr(devops.slack, 'resume', channel);
  }, 60_000);

  it('is not the place of what is real, and is not part of an incident', async () => {
    const inDrill = muster.recovery.plan({ incidentId: drill.id, command: 'region-failure', inputs: {} }, devops);
    await expect(inDrill).rejects.toThrow(
      'region-failure acts on the real thing: it runs in an incident, not in DRILL-1.',
    );
    const inIncident = muster.recovery.plan({ incidentId: incident.id, command: 'monthly-test', inputs: {} }, devops);
    await expect(inIncident).rejects.toThrow(/monthly-test is a drill.*\/dr drill monthly-test/);
    const validated = await muster.recovery.plan({ incidentId: incident.id, command: 'validate', inputs: {} }, devops);
    expect(validated.plan.record).toBe('incident');
    await hands.dr(devops.slack, 'drill region-failure', 'incidents');
    await whispered(/acts on the real thing, so it is no drill.*rehearse region-failure/);
    for (const word of ['update', 'publish']) {
      await hands.dr(devops.slack, word, channel);
      expect(JSON.stringify((await hands.modal(devops.slack)).body)).toContain('DRILL-1 is a drill, no incident');
      await slack.act.closeView({ user: devops.slack, viewId: (await hands.modal(devops.slack)).id });
    }
  }, 60_000);

  it('ends, says that it was a drill, and is closed', async () => {
    await until(async () => (await runOf(drill.id))?.run.status === 'ended', 'its run to end', 90);
    expect((await runOf(drill.id))?.run.outcome).toBe('succeeded');
    await hands.seen(devops.slack, channel, /This was a drill: it counts as a test/);
    await hands.press(devops.slack, channel, 'incident.close');
    await until(async () => (await muster.incidents.view(drill.id)).incident.phase === 'closed', 'it to be closed');
    await hands.seen(devops.slack, channel, /DRILL-1.* is closed/);
  }, 120_000);

  it('told nobody else, called nobody, and left every Region as it was', async () => {
    const owed = await muster.store.tx((tx) =>
      tx.query(
        `select incident_id from audience where incident_id = $1 union select incident_id from escalation where incident_id = $1
         union select incident_id from broadcast where incident_id = $1 union select incident_id from public_incident where incident_id = $1`,
        [drill.id],
      ),
    );
    expect(owed).toEqual([]);
    const about = (await outbox()).filter((each) => JSON.stringify(each).includes(`DRILL-${drill.id}`));
    const elsewhere = about.filter((each) => each.to !== 'slack' || each.do !== 'post' || each.place.in === 'channel');
    expect(elsewhere).toEqual([]);
    const announced = (await outbox()).filter((each) => JSON.stringify(each).includes('incident-announced'));
    expect(JSON.stringify(announced)).not.toContain(`"incidentId":${drill.id}`);
    expect([...(await muster.store.tx(activeRegions))]).toEqual([]);
    const { file } = await muster.reports.report(drill.id);
    expect(file.markdown).toContain('Test database is restored');
    expect(file.markdown).not.toMatch(/incident/i);
  }, 30_000);
});
