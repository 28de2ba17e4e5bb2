import { afterEach, describe, expect, it } from '@jest/globals';
import type { PublicIncident } from '../../../sandbox/statuspage/page.ts';
import {
  type SimulatedStatuspage,
  type StatuspageOptions,
  startStatuspage,
} from '../../../sandbox/statuspage/start.ts';
import { home } from '../home.ts';

const started: SimulatedStatuspage[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

async function begin(options: Partial<StatuspageOptions> = {}): Promise<SimulatedStatuspage> {
  const far = await startStatuspage({ home, rateLimit: false, ...options });
  started.push(far);
  return far;
}

async function send(far: SimulatedStatuspage, method: string, path: string, body?: unknown, key = far.key) {
  const response = await fetch(`${far.url}/pages/${path}`, {
    method,
    headers: { authorization: `OAuth ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as PublicIncident };
}

const incident = {
  name: 'Trouble with the shop',
  status: 'investigating',
  body: 'We are looking into it.',
  components: { cmp_api: 'major_outage' },
  metadata: { muster: { incident: '7' } },
};

describe('the simulated status page', () => {
  it('opens an incident, tells subscribers by default and marks its components', async () => {
    const far = await begin();
    const opened = await send(far, 'POST', 'page01/incidents', { incident });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      name: incident.name,
      impact: 'critical',
      metadata: incident.metadata,
      incident_updates: [{ status: 'investigating', body: incident.body, deliver_notifications: true }],
    });
    expect(far.page.notified).toHaveLength(1);
    expect(far.page.components.get('cmp_api')?.status).toBe('major_outage');
    expect(far.page.components.get('cmp_web')?.status).toBe('operational');
  });

  it('adds an update for a PATCH with a body, and none for one without', async () => {
    const far = await begin();
    const { id } = (await send(far, 'POST', 'page01/incidents', { incident })).body;
    await send(far, 'PATCH', `page01/incidents/${id}`, { incident: { metadata: { muster: { op: '2' } } } });
    expect(far.page.incidents[0]?.incident_updates).toHaveLength(1);
    const change = {
      status: 'resolved',
      body: 'It is over.',
      components: { cmp_api: 'operational' },
      deliver_notifications: false,
    };
    const resolved = await send(far, 'PATCH', `page01/incidents/${id}`, { incident: change });
    expect(resolved.body.incident_updates).toMatchObject([{ body: 'It is over.' }, { body: incident.body }]);
    expect(resolved.body.resolved_at).not.toBeNull();
    expect(far.page.notified).toHaveLength(1);
    expect((await send(far, 'GET', 'page01/incidents/unresolved')).body).toEqual([]);
  });

  it.each([
    ['no name', { status: 'investigating' }],
    ['an unknown component', { ...incident, components: { cmp_none: 'major_outage' } }],
    ['an unknown component status', { ...incident, components: { cmp_api: 'broken' } }],
    ['an unknown status', { ...incident, status: 'panicking' }],
    ['an unknown field', { ...incident, colour: 'red' }],
    ['metadata that is no object of objects', { ...incident, metadata: { id: '7' } }],
    ['a name of 256', { ...incident, name: 'x'.repeat(256) }],
    ['a body of 25,001', { ...incident, body: 'x'.repeat(25_001) }],
  ])('refuses %s with 422 and does nothing', async (_name, bad) => {
    const far = await begin();
    expect((await send(far, 'POST', 'page01/incidents', { incident: bad })).status).toBe(422);
    expect(far.page.incidents).toEqual([]);
    expect(far.page.notified).toEqual([]);
  });

  it('refuses an unwrapped body, a bad key, another page and an unknown incident', async () => {
    const far = await begin();
    expect((await send(far, 'POST', 'page01/incidents', incident)).status).toBe(422);
    expect((await send(far, 'GET', 'page01/incidents', undefined, 'wrong')).status).toBe(401);
    expect((await send(far, 'GET', 'page99/incidents')).status).toBe(404);
    expect((await send(far, 'PATCH', 'page01/incidents/none', { incident: { body: 'x' } })).status).toBe(404);
  });

  it('counts sixty requests in sixty seconds, and says how long to wait', async () => {
    let now = Date.UTC(2026, 0, 1);
    const far = await begin({ rateLimit: true, now: () => new Date(now) });
    for (let at = 0; at < 60; at++) expect((await send(far, 'GET', 'page01/components')).status).toBe(200);
    const refused = await send(far, 'GET', 'page01/components');
    expect(refused.status).toBe(420);
    expect(refused.headers.get('retry-after')).toBe('60');
    now += 60_001;
    expect((await send(far, 'GET', 'page01/components')).status).toBe(200);
  });

  it('loses an answer after its effect, and can be down', async () => {
    const far = await begin();
    far.faults.lose = { times: 1, of: 'POST' };
    await expect(send(far, 'POST', 'page01/incidents', { incident })).rejects.toThrow();
    expect((await send(far, 'GET', 'page01/incidents/unresolved')).body).toHaveLength(1);
    far.faults.down = '503';
    expect((await send(far, 'GET', 'page01/components')).status).toBe(503);
  });

  it('counts the requests of each key on its own', async () => {
    const far = await begin({ rateLimit: true, limitStatus: 429, readingKey: 'reader' });
    for (let call = 0; call < 60; call += 1) await send(far, 'GET', 'page01/incidents');
    expect((await send(far, 'GET', 'page01/incidents')).status).toBe(429);
    expect((await send(far, 'GET', 'page01/incidents', undefined, 'reader')).status).toBe(200);
    expect((await send(far, 'GET', 'page01/incidents', undefined, 'nobody')).status).toBe(401);
  });

  it('lets a reading key change nothing', async () => {
    const far = await begin({ readingKey: 'reader' });
    expect((await send(far, 'POST', 'page01/incidents', { incident }, 'reader')).status).toBe(403);
    expect(far.page.incidents).toEqual([]);
  });

  it('lists components page by page, and refuses what stands for a group', async () => {
    const far = await begin();
    const [some] = far.page.components.values();
    if (!some) throw new Error('the page has no component');
    for (let count = 0; count < 120; count += 1) far.page.components.set(`c${count}`, { ...some, id: `c${count}` });
    const ids = async (page: number) =>
      (await send(far, 'GET', `page01/components?page=${page}&per_page=100`)).body as unknown as { id: string }[];
    expect(await ids(1)).toHaveLength(100);
    expect([...(await ids(1)), ...(await ids(2))]).toHaveLength(far.page.components.size);
    far.page.components.set('group', { ...some, id: 'group', group: true });
    const refused = await send(far, 'POST', 'page01/incidents', {
      incident: { ...incident, components: { group: 'major_outage' } },
    });
    expect(refused.status).toBe(422);
  });
});
