import { beforeEach, expect } from '@jest/globals';
import type { BroadcastDeps } from '../../../src/broadcast/deps.ts';
import { watchDue } from '../../../src/broadcast/due/watch.ts';
import { Home } from '../../../src/domain/home.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Outgoing } from '../../../src/domain/notice.ts';
import type { AudienceView } from '../../../src/domain/views.ts';
import { readAudienceViews } from '../../../src/store/audiences.ts';
import { type BroadcastRow, broadcastsOf } from '../../../src/store/broadcasts.ts';
import { createFarEnd, deliverDue } from '../../support/far-end.ts';
import type { Stores } from '../../support/stores.ts';
import { type TownOptions, townHome, useTown } from '../../support/town.ts';

export const minute = 60_000;

/** A home that reaches every audience in every way that there is. */
export const streetHome = Home.parse({
  ...townHome,
  severities: {
    P1: { public_within: '5m', update_every: '30m', update_every_recovering: '2h' },
    P2: { public_within: '15m', update_every: '1h', update_every_recovering: '3h' },
    P3: { update_every: '2h', update_every_recovering: '4h' },
  },
  channels: { incidents: '#incidents', stakeholders: '#stakeholders', customers: '#customer-success' },
  email: { from: 'dr@example.com', stakeholders: ['vp@example.com', 'cfo@example.com'], customers: [] },
});

export function homeWith(over: Partial<Home>): Home {
  return Home.parse({ ...streetHome, ...over });
}

/** A town in which time passes as it does in a process that runs: what is due is done when it is due, and carried. */
export function useStreet(stores: Stores, options: TownOptions = {}) {
  const town = useTown(stores, { home: streetHome, ...options });
  const home = options.home ?? streetHome;
  const slack = createFarEnd('slack');
  const page = createFarEnd('statuspage');
  const mail = createFarEnd('email');
  const pager = createFarEnd('pager');
  const couriers = [slack, page, mail, pager].map((end) => end.courier);
  const deps = (over: Partial<BroadcastDeps> = {}): BroadcastDeps => town.broadcast({ couriers, ...over });
  const now = () => town.clock.now().getTime();
  // Promises are whole minutes: tests begin with one, and speak of theirs alone.
  beforeEach(async () => {
    await town.clock.advance(minute - (now() % minute));
    await town.store().tx((tx) => tx.query(`update incident set phase = 'closed'`));
    await town.store().tx((tx) => tx.query('update audience set due_at = null'));
    await town.store().tx((tx) => tx.query(`update promise set state = 'released' where state = 'open'`));
    await deliverDue(deps());
  });

  /** Lets this much time pass in a process that runs. */
  const pass = async (ms: number): Promise<void> => {
    const until = now() + ms;
    let next = await watchDue(deps());
    for (;;) {
      await deliverDue(deps());
      if (now() >= until) return;
      if (next) expect(next.getTime()).toBeGreaterThan(now());
      await town.clock.advance(Math.min(until, next?.getTime() ?? until, now() + 30_000) - now());
      if (next && now() >= next.getTime()) next = await watchDue(deps());
    }
  };
  const said = (incidentId: number): Promise<BroadcastRow[]> => town.store().tx((tx) => broadcastsOf(tx, incidentId));
  const views = (incident: Incident): Promise<AudienceView[]> =>
    town.store().tx((tx) => readAudienceViews(tx, home, incident));
  const viewOf = async (incident: Incident, audience: AudienceView['audience']): Promise<AudienceView> => {
    const view = (await views(incident)).find((one) => one.audience === audience);
    if (!view) throw new Error(`${audience} is not reached`);
    return view;
  };
  /** `0:05:00 public holding`, in order. */
  const schedule = async (incident: Incident): Promise<string[]> =>
    (await said(incident.id)).map((row) => `${sayClock(incident, row.saidAt)} ${row.audience} ${row.origin}`);
  /** When an audience's words are due, or null. */
  const due = async (incident: Incident, audience: AudienceView['audience']): Promise<string | null> => {
    const { dueAt } = await viewOf(incident, audience);
    return dueAt && sayClock(incident, dueAt);
  };
  /** Posts in the incident's channel whose key begins so, with the time at which they were decided. */
  const posts = (incident: Incident, prefix: string): Promise<{ key: string; at: string; document: Outgoing }[]> =>
    town.store().tx(async (tx) => {
      const rows = await tx.query<{ key: string; at: Date; document: Outgoing }>(
        `select key, created.at, document from outbox,
           lateral (select coalesce(ended_at, due_at) as at) created where key like $1 || '%' order by id`,
        [prefix],
      );
      return rows
        .filter(({ document }) => isOf(document, incident.id))
        .map((row) => ({ ...row, at: sayClock(incident, row.at) }));
    });
  return { ...town, home, slack, page, mail, pager, deps, pass, said, views, viewOf, schedule, due, posts };
}

function isOf(document: Outgoing, incidentId: number): boolean {
  if (document.to !== 'slack' || document.do !== 'post') return false;
  return document.place.in === 'incident' && document.place.incidentId === incidentId;
}

/** Hours, minutes and seconds since an incident was declared. */
export function sayClock(incident: Incident, at: Date): string {
  const seconds = Math.round((at.getTime() - incident.declaredAt.getTime()) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export function sentenceOf(document: Outgoing): string {
  return document.to === 'slack' && document.do === 'post' && document.notice.kind === 'sentence'
    ? document.notice.text
    : '';
}
