import { describe, expect, it } from '@jest/globals';
import { acknowledge } from '../../../src/broadcast/escalation/acknowledge.ts';
import { watchEscalations } from '../../../src/broadcast/escalation/watch.ts';
import type { Outgoing } from '../../../src/domain/notice.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { createFarEnd, createPainter, deliverDue, paintDue } from '../../support/far-end.ts';
import { describeStores, embeddedStores as embedded } from '../../support/stores.ts';
import { ana, ben, cat, eve, type Town, useTown } from '../../support/town.ts';
import { calledHome } from './called-home.ts';

/** Whom each call reached, by which means: `direct U0ANA`, `mail ana@example.com`, `pager trigger`. */
async function callsOf(town: Town): Promise<string[]> {
  const rows = await town
    .store()
    .tx((tx) =>
      tx.query<{ key: string; document: Outgoing }>(
        `select key, document from outbox where key like 'call%' or key like 'mail:call%' or key like 'page:%' order by id`,
      ),
    );
  return rows.map(({ document }) => sayCall(document));
}

function sayCall(document: Outgoing): string {
  if (document.to === 'email') return `mail ${document.mail.address}`;
  if (document.to === 'pager') return `pager ${document.event.action}`;
  if (document.to !== 'slack' || document.do !== 'post') return document.to;
  const { place, notice } = document;
  if (notice.kind !== 'sentence' && notice.kind !== 'call') return document.to;
  if (place.in === 'direct') return `direct ${place.slack}`;
  return notice.mention.length > 0 ? `mention ${notice.mention.join(' ')}` : `said ${notice.text}`;
}

const audited = async (town: Town, incidentId: number) =>
  (await town.store().tx((tx) => readAudit(tx, { incidentId, limit: 100 })))
    .filter((row) => row.what.startsWith('escalation.'))
    .map((row) => [row.what, row.who, row.detail]);

describeStores('the ladder of a severity', (stores) => {
  const town = useTown(stores, { home: calledHome });
  const watch = () => watchEscalations(town.broadcast());
  const people = ['U0ANA', 'U0EVE', 'U0BEN'];
  let since = 0;
  const news = async () => {
    const all = await callsOf(town);
    const fresh = all.slice(since);
    since = all.length;
    return fresh;
  };

  it('is climbed to the second: mention, direct messages, mail, and the pager until it ends', async () => {
    const { id } = await town.declare();
    expect(await news()).toEqual([`mention ${people.join(' ')}`]);
    for (const [waitMs, calls] of [
      [300_000, people.map((one) => `direct ${one}`)],
      [600_000, ['mail ana@example.com', 'mail ben@example.com']],
      [900_000, ['pager trigger']],
      [900_000, ['pager trigger']],
    ] as const) {
      const next = await watch();
      expect(next).toEqual(new Date(town.clock.now().getTime() + waitMs));
      await town.clock.advance(waitMs - 1);
      await watch();
      expect(await news()).toEqual([]);
      await town.clock.advance(1);
      await Promise.all([watch(), watch()]);
      expect(await news()).toEqual(calls);
    }
    expect(await watch()).toBeNull();
    expect(await audited(town, id)).toMatchObject([
      ['escalation.climbed', 'muster', { rung: 0, how: 'mention', to: ['ana', 'U0EVE', 'ben'] }],
      ['escalation.climbed', 'muster', { rung: 1, how: 'direct', to: ['ana', 'U0EVE', 'ben'] }],
      ['escalation.climbed', 'muster', { rung: 2, how: 'mail', to: ['ana', 'ben'] }],
      ['escalation.climbed', 'muster', { rung: 3, how: 'pager', to: ['whoever is on call'] }],
      ['escalation.climbed', 'muster', { rung: 4, how: 'pager' }],
    ]);
    await town.incidents().resolve({ incidentId: id }, ana);
    expect(await news()).toEqual(['pager resolve']);
  });

  it('carries the button by which somebody takes it', async () => {
    const { id } = await town.declare();
    const call = (await town.outbox(id)).find((row) => row.key === `call:${id}:0`);
    expect(call?.document).toMatchObject({
      notice: { kind: 'call', incidentId: id, rung: 0, text: expect.stringContaining('press *Acknowledge*') },
    });
    await acknowledge(town.broadcast(), { incidentId: id }, ben);
    since = (await callsOf(town)).length;
  });

  it.each([
    ['acknowledged', (id: number) => acknowledge(town.broadcast(), { incidentId: id }, ben)],
    ['resolved', (id: number) => town.incidents().resolve({ incidentId: id }, ana)],
  ] as const)('shows in what called them that it is %s', async (_, end) => {
    const { id } = await town.declare();
    let shown = 'nobody has it';
    const { painter, painted } = createPainter(({ kind }) => `${kind}: ${shown}`);
    const deps = town.broadcast({ couriers: [createFarEnd('slack').courier], painter });
    await deliverDue(deps);
    await paintDue(deps);
    shown = 'answered';
    await end(id);
    await town.clock.advance(2_000);
    await paintDue(deps);
    const calls = painted.filter(({ key }) => key === `call:${id}:0`);
    expect(calls.map((one) => one.shown)).toEqual(['call: nobody has it', 'call: answered']);
    await town.clock.advance(60_000);
    since = (await callsOf(town)).length;
  });

  it('tells the pager of one thing by one key, in order', async () => {
    const { id } = await town.declare({ title: 'Kasse & mehr' });
    await town.clock.advance(1_800_000);
    await watch();
    await acknowledge(town.broadcast(), { incidentId: id }, ben);
    await town.incidents().resolve({ incidentId: id }, ana);
    const rows = (await town
      .store()
      .tx((tx) =>
        tx.query<{ lane: string; document: Outgoing }>(
          `select lane, document from outbox where document->>'to' = 'pager' and document->'event'->>'incidentId' = $1 order by id`,
          [String(id)],
        ),
      )) as { lane: string; document: Extract<Outgoing, { to: 'pager' }> }[];
    expect(rows.map((row) => row.document.event.action)).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect(new Set(rows.map((row) => row.document.event.key)).size).toBe(1);
    expect(new Set(rows.map((row) => row.lane)).size).toBe(1);
    expect(rows[0]?.document.event).toMatchObject({
      label: `INC-${id}`,
      title: 'Kasse & mehr',
      severity: 'P1',
      summary: expect.stringContaining('nobody has acknowledged it for 30m'),
    });
    since = (await callsOf(town)).length;
  });

  it('stops when somebody has it, and says to the second who that is', async () => {
    const { id } = await town.declare();
    await news();
    expect(await acknowledge(town.broadcast(), { incidentId: id }, eve)).toBe(
      `You have INC-${id} now: nobody else is called.`,
    );
    const at = town.clock.now().toISOString().slice(11, 19);
    await town.clock.advance(3_600_000);
    expect(await watch()).toBeNull();
    expect(await news()).toEqual([]);
    const second = await acknowledge(town.broadcast(), { incidentId: id }, ben);
    expect(second).toMatch(new RegExp(`^U0EVE has INC-${id} since .* ${at} UTC already: nobody else is called\\.$`));
    expect(await acknowledge(town.broadcast(), { incidentId: id }, eve)).toContain(`You have INC-${id} since`);
    expect(await town.sentences(id)).toContainEqual(expect.stringContaining('Nobody else is called'));
    expect((await audited(town, id)).filter(([what]) => what === 'escalation.acknowledged')).toEqual([
      ['escalation.acknowledged', 'U0EVE', {}],
    ]);
  });

  it('is acknowledged once, whoever else does at the same moment', async () => {
    const { id } = await town.declare();
    const answers = await Promise.all(
      [ana, ben, eve].map((by) => acknowledge(town.broadcast(), { incidentId: id }, by)),
    );
    expect(answers.filter((answer) => answer.startsWith('You have'))).toHaveLength(1);
    await news();
  });

  it('is acknowledged by those who respond, while the incident goes on', async () => {
    const { id } = await town.declare();
    const ack = (by: typeof ana, incidentId = id) => acknowledge(town.broadcast(), { incidentId }, by);
    await expect(ack(cat)).rejects.toThrow('Only a responder or a commander may acknowledge');
    await expect(ack(ana, 9999)).rejects.toThrow('There is no incident INC-9999');
    await town.incidents().resolve({ incidentId: id }, ana);
    await expect(ack(ana)).rejects.toThrow(`INC-${id} is resolved: nobody is called about it any more.`);
    await news();
  });

  it('ends with the incident', async () => {
    const { id } = await town.declare();
    await town.incidents().resolve({ incidentId: id }, ana);
    await news();
    await town.clock.advance(3_600_000);
    expect(await watch()).toBeNull();
    expect(await news()).toEqual([]);
  });

  it('uses each means once after a silence, and goes on from where it is', async () => {
    await town.declare();
    await news();
    await town.clock.advance(3_600_000);
    expect(await watch()).toBeNull();
    expect(await news()).toEqual([
      ...people.map((one) => `direct ${one}`),
      'mail ana@example.com',
      'mail ben@example.com',
      'pager trigger',
    ]);
  });

  it('is that of the severity as it is now', async () => {
    const { id } = await town.declare({ severity: 'P3' });
    await town.clock.advance(360_000);
    expect(await watch()).toBeNull();
    const setSeverity = (severity: string) =>
      town.store().tx((tx) => tx.query('update incident set severity = $2 where id = $1', [id, severity]));
    await setSeverity('P2');
    expect(await watch()).toEqual(new Date(town.clock.now().getTime() + 240_000));
    expect(await news()).toEqual([]);
    await setSeverity('P1');
    await watch();
    expect(await news()).toEqual([`mention ${people.join(' ')}`, ...people.map((one) => `direct ${one}`)]);
    await town.incidents().resolve({ incidentId: id }, ana);
    await news();
  });

  it('leaves the others alone when one incident fails', async () => {
    const bad = await town.declare({ severity: 'P2' });
    const good = await town.declare({ severity: 'P2' });
    await town.clock.advance(600_000);
    const broken = town.broadcast({
      say: ((name: string, input: { label: string }) => {
        if (input.label === `INC-${bad.id}`) throw new Error('broken');
        return `${name} of ${input.label}`;
      }) as never,
    });
    await watchEscalations(broken);
    expect(town.errors).toMatchObject([{ message: 'broken' }]);
    expect((await audited(town, good.id)).map(([, , detail]) => detail)).toMatchObject([{ rung: 0 }]);
    expect(await audited(town, bad.id)).toEqual([]);
  });
});

describe('a rung whose means is not there', () => {
  const without = (can: { mail?: boolean; pager?: boolean }) => useTown(stores, { home: calledHome, can });
  const stores = embedded();
  const neither = without({ mail: false, pager: false });
  const unmailed = without({ mail: false });

  it('goes to the next that is, and says so', async () => {
    const { id } = await unmailed.declare();
    await unmailed.clock.advance(900_000);
    await watchEscalations(unmailed.broadcast());
    expect((await callsOf(unmailed)).slice(-2)).toEqual([
      expect.stringMatching(
        new RegExp(`^said .*INC-${id}.* called by mail now, but no mail is set up .*: it goes on by the pager\\.$`),
      ),
      'pager trigger',
    ]);
    expect((await audited(unmailed, id)).at(-1)).toMatchObject([
      'escalation.climbed',
      'muster',
      { rung: 2, how: 'pager', insteadOf: 'mail' },
    ]);
  });

  it('calls directly again when nothing louder is', async () => {
    await neither.declare();
    const watch = () => watchEscalations(neither.broadcast());
    await neither.clock.advance(300_000);
    await watch();
    await neither.clock.advance(600_000);
    await watch();
    expect((await callsOf(neither)).slice(-4)).toEqual([
      expect.stringContaining('it goes on by direct messages'),
      'direct U0ANA',
      'direct U0EVE',
      'direct U0BEN',
    ]);
  });
});

describe('who is called in a simulation', () => {
  const town = useTown(embedded(), { home: calledHome, simulated: true });

  it('is told that it is one', async () => {
    await town.declare();
    await town.clock.advance(1_800_000);
    await watchEscalations(town.broadcast());
    const rows = await town
      .store()
      .tx((tx) =>
        tx.query<{ document: Outgoing }>(`select document from outbox where document->>'to' in ('email', 'pager')`),
      );
    expect(rows).toHaveLength(3);
    for (const { document } of rows) {
      if (document.to === 'email') {
        expect(document.mail.subject).toMatch(/^\[Simulated\] /);
        expect(document.mail.text).toContain('This is a simulation');
        expect(document.mail.html).toContain('This is a simulation');
      } else expect(document).toMatchObject({ event: { summary: expect.stringMatching(/^\[Simulated\] /) } });
    }
  });
});
