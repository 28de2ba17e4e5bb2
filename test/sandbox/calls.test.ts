import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { pagedHere } from '../../sandbox/paged-here.ts';
import { startPage } from '../../sandbox/server.ts';
import type { Served } from '../../sandbox/wire/serve.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { homeText } from '../commands/samples.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

/** The program as it is composed, with the mail server and the pager of the sandbox; Slack is not connected. */
describe('calls in the sandbox', () => {
  const home = parseHome(homeText, 'muster.yml');
  let farEnds: FarEnds;
  let page: Served;
  let muster: SimulatedMuster;
  beforeAll(async () => {
    const clock = { scale: 1, now: () => new Date(), sleep: async () => {} };
    const granted = { scopes: [], events: [], shouldEscape: false };
    farEnds = await startFarEnds({ home, clock, cloud: exampleCloud('acme'), granted });
    muster = await startSimulatedMuster({
      env: { SMTP_URL: farEnds.mail.url, MUSTER_PAGER_SECRET: farEnds.pager.secret },
      changeHome: (own) => pagedHere(own, farEnds.pager.url),
    });
    muster.broadcast.start();
    page = await startPage({
      home,
      farEnds,
      clock: { ...clock, anchor: () => ({}) as never, setScale: () => {}, adopt: () => {} },
    });
  });
  afterAll(async () => {
    await page.stop();
    await muster.close();
    await farEnds.stop();
  });

  const slices = async () =>
    (await (await fetch(`${page.url}/sandbox/api/state`)).json()) as {
      mail: { count: number; mails: { to: string; subject: string }[] };
      pager: { count: number; pages: { body: Record<string, unknown> }[] };
      refused: { from: string; error: string }[];
      faults: Record<string, { down: string }>;
    };

  it('reach the mailbox and the pager, which the page shows', async () => {
    const { id } = await muster.incidents.declare(
      {
        title: 'Checkout fails',
        severity: 'P1',
        services: ['api'],
        impactBeganAt: muster.clock.now(),
        requestKey: 'f1',
      },
      ana,
    );
    await until(async () => (await slices()).pager.count > 0, 'the pager to be told');
    const { mail, pager } = await slices();
    const called = mail.mails.filter((one) => home.people[one.to.split('@')[0] ?? '']);
    expect(called.map((one) => one.to).sort()).toEqual(['ana@example.com', 'ben@example.com', 'dov@example.com']);
    for (const one of called) expect(one.subject).toMatch(new RegExp(`^\\[Simulated\\] .*INC-${id}`));
    expect(pager.pages[0]?.body).toMatchObject({
      event_action: 'trigger',
      payload: { summary: expect.stringContaining(`INC-${id} P1 Checkout fails`) },
    });
    await muster.broadcast.ack({ incidentId: id }, ben);
    await until(async () => (await slices()).pager.count > 1, 'the pager to be told who has it');
    const [acknowledged, triggered] = (await slices()).pager.pages.map((one) => one.body);
    expect(acknowledged).toMatchObject({ event_action: 'acknowledge', dedup_key: triggered?.dedup_key });
    expect(farEnds.mail.mailbox.refused).toEqual([]);
    expect(farEnds.pager.refused).toEqual([]);
  });

  it('may be told of addresses that have no mailbox', async () => {
    await fetch(`${page.url}/sandbox/api/trouble`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'mail', unknown: ['gone@example.com'] }),
    });
    expect(farEnds.mail.faults.unknown).toEqual(['gone@example.com']);
  });

  it.each(['mail', 'pager'] as const)('may be troubled by the page: %s', async (target) => {
    const response = await fetch(`${page.url}/sandbox/api/trouble`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target, down: '503' }),
    });
    expect(response.status).toBe(200);
    expect(farEnds[target].faults.down).toBe('503');
    expect((await slices()).faults[target]).toMatchObject({ down: '503' });
  });
});

describe('a home in the sandbox', () => {
  const home = parseHome(homeText, 'muster.yml');

  it('never reaches the pager that its muster.yml names', () => {
    expect(pagedHere(home, 'http://127.0.0.1:1/pages').pager?.url).toBe('http://127.0.0.1:1/pages');
    expect(pagedHere(home, undefined).pager).toBeUndefined();
    const { pager: _pager, ...unpaged } = home;
    expect(pagedHere(unpaged, 'http://127.0.0.1:1/pages').pager).toBeUndefined();
  });
});
