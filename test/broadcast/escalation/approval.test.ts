import { describe, expect, it } from '@jest/globals';
import type { Outgoing } from '../../../src/domain/notice.ts';
import { climbRung, endConsent, insertConsent } from '../../../src/store/consents.ts';
import { insertPlan } from '../../../src/store/plans.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { consentOf } from '../../support/rows.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, type Town, useTown } from '../../support/town.ts';
import { calledHome } from './called-home.ts';

/** A request of cat's that has waited until `rung` was told, and what went out for it by mail and pager. */
function useRequests(town: Town) {
  let asked = 0;
  const ask = async (incidentId: number) => {
    asked += 1;
    const requestId = `consent_${asked}`;
    const plan = planOf([plannedStep('scale')], { id: `asked_plan_${asked}`, incidentId });
    await town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertConsent(tx, consentOf(plan, town.clock.now(), { id: requestId, requestedBy: 'cat' }));
    });
    return requestId;
  };
  const climb = async (incidentId: number, requestId: string, last: number) => {
    for (const rung of [1, 2, 3].filter((one) => one <= last)) {
      await town.clock.advance(180_000);
      await town.store().tx(async (tx) => {
        await climbRung(tx, requestId);
        await tx.tell({ kind: 'ConsentUnanswered', incidentId, requestId, rung });
      });
    }
  };
  const end = (incidentId: number, requestId: string, state: 'granted' | 'expired' = 'granted') =>
    town.store().tx(async (tx) => {
      await endConsent(tx, requestId, state, town.clock.now());
      await tx.tell({ kind: 'ConsentChanged', incidentId, requestId });
      await tx.tell({ kind: 'ConsentChanged', incidentId, requestId });
    });
  const out = async (requestId: string) => {
    const rows = await town
      .store()
      .tx((tx) =>
        tx.query<{ document: Outgoing }>(`select document from outbox where key like '%' || $1 || ':%' order by id`, [
          requestId,
        ]),
      );
    return rows.flatMap(({ document }) => {
      if (document.to === 'email') return [`mail ${document.mail.address}`];
      if (document.to === 'pager') return [`pager ${document.event.action}`];
      return document.to === 'slack' && document.do === 'post' ? [document.place.in] : [];
    });
  };
  return { ask, climb, end, out };
}

describe('the ladder of an approval', () => {
  const town = useTown(embeddedStores(), { home: calledHome });
  const { ask, climb, end, out } = useRequests(town);

  it('also mails approvers at its third rung, and mails and pages whoever may do without at its last', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 1);
    expect(await out(requestId)).toEqual(['incident']);
    await climb(id, requestId, 3);
    expect(await out(requestId)).toEqual([
      'incident',
      'direct',
      'direct',
      'direct',
      'mail ben@example.com',
      'incident',
      'mail ben@example.com',
      'mail ana@example.com',
      'pager trigger',
    ]);
  });

  it('says in the mail what to compare and where', async () => {
    const { id, channelName } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 2);
    const [row] = await town
      .store()
      .tx((tx) =>
        tx.query<{ document: Extract<Outgoing, { to: 'email' }> }>(
          `select document from outbox where document->>'to' = 'email' and key like '%' || $1 || ':%'`,
          [requestId],
        ),
      );
    expect(row?.document.mail.subject).toContain(`INC-${id}`);
    for (const part of ['3F9A21', 'cat', channelName]) {
      expect(row?.document.mail.text).toContain(part);
      expect(row?.document.mail.html).toContain(part);
    }
  });

  it('tells the pager once that a request it was told of waits no longer', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 3);
    await end(id, requestId);
    expect((await out(requestId)).slice(-2)).toEqual(['pager trigger', 'pager resolve']);
    const early = await ask(id);
    await climb(id, early, 2);
    await end(id, early);
    expect((await out(early)).filter((one) => one.startsWith('pager'))).toEqual([]);
  });
});

describe('a request that expired', () => {
  const town = useTown(embeddedStores(), { home: calledHome });
  const { ask, climb, end } = useRequests(town);
  const bySlack = async (incidentId: number, requestId: string) =>
    (await town.outbox(incidentId)).filter(({ key }) => key.endsWith(`${requestId}:expired`));

  it('is said once anew to the requester and the commander, with the ways on', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 3);
    await end(id, requestId, 'expired');
    const said = await bySlack(id, requestId);
    expect(said).toMatchObject([
      { document: { do: 'post', place: { in: 'incident' }, notice: { kind: 'sentence', mention: ['cat', 'ana'] } } },
    ]);
    const text = JSON.stringify(said);
    for (const part of [
      'expired at',
      '30m',
      'Nothing was done',
      '3F9A21',
      'is over',
      '`/dr failover`',
      'the code is the same',
      'ben',
      '/dr break-glass',
    ])
      expect(text).toContain(part);
  });

  it('is what the incident shows, until something newer is asked for', async () => {
    const { id } = await town.declare();
    const shown = async () => (await town.incidents().view(id)).ranOut;
    const requestId = await ask(id);
    const due = new Date(town.clock.now().getTime() + 1_800_000);
    expect(await shown()).toBeNull();
    await end(id, requestId, 'expired');
    expect(await shown()).toEqual({ what: 'failover', requestedBy: 'cat', at: due });
    await town.clock.advance(1000);
    const run = await town.startRun(id);
    expect(await shown()).toBeNull();
    await town.endRun(id, run, 'succeeded');
    await town.clock.advance(1000);
    const second = await ask(id);
    await end(id, second, 'expired');
    expect(await shown()).not.toBeNull();
    await town.clock.advance(1000);
    await ask(id);
    expect(await shown()).toBeNull();
  });

  it('tells the pager that the incident goes on, and nobody once it is over', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 3);
    await end(id, requestId, 'expired');
    const pages = await town
      .store()
      .tx((tx) =>
        tx.query<{ summary: string }>(
          `select document->'event'->>'summary' as summary from outbox where key like 'page:%' || $1 || ':ended'`,
          [requestId],
        ),
      );
    expect(pages).toEqual([
      { summary: expect.stringContaining('expired: nothing was done, and the incident goes on') },
    ]);
    const late = await ask(id);
    await town.incidents().resolve({ incidentId: id }, ana);
    await end(id, late, 'expired');
    expect(await bySlack(id, late)).toEqual([]);
  });
});

describe('the ladder of an approval without mail and pager', () => {
  const town = useTown(embeddedStores(), { home: calledHome, can: { mail: false, pager: false } });
  const { ask, climb, out } = useRequests(town);

  it('is Slack alone, and nothing to be mailed by hand', async () => {
    const { id } = await town.declare();
    const requestId = await ask(id);
    await climb(id, requestId, 3);
    expect(await out(requestId)).toEqual(['incident', 'direct', 'direct', 'direct', 'incident']);
  });
});
