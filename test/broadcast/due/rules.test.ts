import { describe, expect, it } from '@jest/globals';
import { sendDraft } from '../../../src/broadcast/due/send.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, cat } from '../../support/town.ts';
import { homeWith, minute, sentenceOf, useStreet } from './street.ts';

describe('of a security breach', () => {
  const street = useStreet(embeddedStores());
  const breach = async () => {
    const title = 'Keys leaked';
    const impactBeganAt = street.clock.now();
    const ask = { title, severity: 'P1', services: ['api'], impactBeganAt, scenario: 'security-breach' };
    return street.incidents().declare({ ...ask, requestKey: `breach-${impactBeganAt.getTime()}` }, ana);
  };

  it('nothing is said by itself, to anybody, ever', async () => {
    const incident = await breach();
    await street.pass(3 * 60 * minute);
    expect(await street.said(incident.id)).toEqual([]);
    const asked = await street.posts(incident, 'asked_');
    const who = (mention: string) =>
      asked.filter(({ document }) => JSON.stringify(document).includes(`"mention":["${mention}"`)).map((one) => one.at);
    expect(who('ana').slice(0, 3)).toEqual(['0:00:00', '0:10:00', '0:20:00']);
    expect(who('U0CAT').slice(0, 3)).toEqual(['0:05:00', '0:15:00', '0:25:00']);
  });

  it('the commander sends what stays inside, a publisher what goes out, each from the same draft', async () => {
    const incident = await breach();
    await street.pass(6 * minute);
    const round = await newest(incident.id);
    expect(await sendDraft(street.deps(), { incidentId: incident.id, round }, ana)).toContain('stakeholders');
    expect(await sendDraft(street.deps(), { incidentId: incident.id, round }, cat)).toContain('customers, the public');
    expect((await street.said(incident.id)).map((row) => [row.audience, row.saidBy])).toEqual([
      ['stakeholders', 'ana'],
      ['customers', 'cat'],
      ['public', 'cat'],
    ]);
    await expect(sendDraft(street.deps(), { incidentId: incident.id, round }, cat)).rejects.toThrow(
      'This draft was sent by cat already.',
    );
  });

  const newest = async (incidentId: number): Promise<number> => {
    const [row] = await street
      .store()
      .tx((tx) =>
        tx.query<{ round: number }>('select max(round)::int as round from draft_round where incident_id = $1', [
          incidentId,
        ]),
      );
    return row?.round ?? 0;
  };
});

describe('by the rule of their audience', () => {
  const broadcasts = {
    responders: 'holding',
    stakeholders: 'never',
    customers: 'automatic',
    public: 'automatic',
  } as const;
  const street = useStreet(embeddedStores(), { home: homeWith({ broadcasts }) });

  it('words are automatic, or the neutral text, or never', async () => {
    const incident = await street.declare();
    await street.pass(36 * minute);
    expect(await street.schedule(incident)).toEqual([
      '0:05:00 customers automatic',
      '0:05:00 public automatic',
      '0:30:00 responders holding',
      '0:35:00 customers automatic',
      '0:35:00 public automatic',
    ]);
    expect(await street.viewOf(incident, 'stakeholders')).toMatchObject({ rule: 'never', dueAt: null, promised: null });
    const holding = (await street.said(incident.id)).find((row) => row.audience === 'responders');
    expect(holding?.body).toContain('There is nothing more to report on api yet.');
  });

  it('and what leaves the company holds neither title nor label nor a name', async () => {
    const incident = await street.declare({ title: 'Zebra rotation of secrets' });
    const runId = await street.startRun(incident.id);
    await street.pass(6 * minute);
    await street.endRun(incident.id, runId, 'failed', { note: 'Zebra is gone' });
    await street.pass(130 * minute);
    const out = [...street.slack.arrived, ...street.page.arrived].filter(
      ({ outgoing }) =>
        outgoing.to === 'statuspage' ||
        (outgoing.to === 'slack' &&
          outgoing.do === 'post' &&
          JSON.stringify(outgoing.place).includes('#customer-success')),
    );
    const said = out.map((one) => JSON.stringify(one.outgoing)).join('\n');
    expect(said).toContain('Acme Shop');
    expect(said).not.toMatch(/Zebra|INC-|\bana\b|failover/);
  });

  it('marked as automatic where they are, and neither the neutral text nor the status page', async () => {
    const incident = await street.declare();
    await street.pass(31 * minute);
    const posts = street.slack.arrived.map((one) => sentenceOf(one.outgoing));
    expect(posts.filter((text) => text.includes('update for customers')).at(-1)).toContain('Sent automatically');
    const neutral = posts.filter((text) => text.startsWith(':memo: *Update*')).at(-1);
    expect(neutral).toMatch(/^:memo: \*Update\* · P1, investigating\n.*nothing more to report on api/);
    expect(neutral).not.toContain('automatically');
    const shown = street.page.arrived.map(({ outgoing }) => (outgoing.to === 'statuspage' ? outgoing.body : ''));
    expect(shown.length).toBeGreaterThan(0);
    for (const body of shown) expect(body).not.toContain('automatically');
    expect(incident.phase).toBe('investigating');
  });
});
