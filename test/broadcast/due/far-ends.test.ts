import { describe, expect, it } from '@jest/globals';
import { enqueue } from '../../../src/store/outbox.ts';
import { embeddedStores } from '../../support/stores.ts';
import { minute, sentenceOf, useStreet } from './street.ts';

describe('far ends that do not take words', () => {
  const street = useStreet(embeddedStores());
  const mail = { subject: 's', text: 't', html: '<p>t</p>' };
  const down = { state: 'later', why: 'The mail server does not answer.', afterMs: 0 } as const;

  it('leave others alone, and their lateness is told once for a message', async () => {
    street.mail.answers.push(() => down);
    const incident = await street.declare();
    await street.pass(4 * minute);
    const late = await street.posts(incident, 'mail-late:');
    expect(late).toHaveLength(1);
    expect(sentenceOf(late[0]?.document ?? fail())).toContain('does not answer');
    const posted = street.slack.arrived.filter(({ outgoing }) => JSON.stringify(outgoing).includes('"#stakeholders"'));
    expect(posted).toHaveLength(1);
    expect((await street.said(incident.id))[0]?.state).toBe('going');
    street.mail.answers.length = 0;
    await street.pass(minute);
    expect((await street.said(incident.id))[0]?.state).toBe('delivered');
  });

  it('are named when they refuse a call by mail or by pager', async () => {
    const incident = await street.declare();
    street.mail.answers.push(() => ({ state: 'refused', why: 'The mailbox is unknown.' }));
    street.pager.answers.push(() => ({ state: 'refused', why: 'The pager said 401.' }));
    await street.store().tx(async (tx) => {
      const { id: incidentId } = incident;
      const dueAt = street.clock.now();
      const called = { incidentId, address: 'ben@example.com', ...mail };
      await enqueue(tx, { key: 'call', lane: 'email:b', document: { to: 'email', do: 'send', mail: called }, dueAt });
      const words = { label: 'INC', title: 'x', severity: 'P1', summary: 'x', key: 'k' };
      const event = { incidentId, action: 'trigger', ...words } as const;
      await enqueue(tx, { key: 'page', lane: 'pager:x', document: { to: 'pager', do: 'page', event }, dueAt });
    });
    await street.pass(0);
    street.mail.answers.length = 0;
    street.pager.answers.length = 0;
    const [refused] = await street.posts(incident, 'mail-refused:call');
    expect(sentenceOf(refused?.document ?? fail())).toMatch(/ben@example\.com.*The mailbox is unknown/s);
    const [pager] = await street.posts(incident, 'pager-refused:page');
    expect(sentenceOf(pager?.document ?? fail())).toContain('The pager said 401.');
  });

  it('have their first public words handed over to be copied, while these go on waiting', async () => {
    const shownNow = async (): Promise<{ text: string } | undefined> => {
      const rows = await street
        .store()
        .tx((tx) =>
          tx.query<{ notice: { text: string } }>(`select notice from live_message where key like 'to-copy:%'`, []),
        );
      return rows[0]?.notice;
    };
    street.page.answers.push(() => ({ state: 'later', why: 'Statuspage does not answer.', afterMs: 0 }));
    const incident = await street.declare();
    await street.pass(7 * minute);
    const copies = await street.posts(incident, 'to-copy:');
    expect(copies).toHaveLength(1);
    expect(await shownNow()).toMatchObject({ button: { action: 'public.posted' } });
    expect(sentenceOf(copies[0]?.document ?? fail())).toContain('disruption of api');
    street.page.answers.length = 0;
    await street.pass(minute);
    expect((await street.said(incident.id)).find((row) => row.audience === 'public')?.state).toBe('delivered');
    const taken = await shownNow();
    expect(taken?.text).toMatch(/has taken them at \d\d:\d\d CET \(\d\d:\d\d UTC\)/);
    expect(taken).not.toHaveProperty('button');
  });
});

function fail(): never {
  throw new Error('It was not said.');
}
