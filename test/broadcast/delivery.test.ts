import { describe, expect, it } from '@jest/globals';
import { createBroadcast } from '../../src/broadcast/create-broadcast.ts';
import { takeRow } from '../../src/broadcast/delivery/deliver.ts';
import { livePainting } from '../../src/broadcast/delivery/paint.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createFarEnd, createPainter, deliverDue, paintDue } from '../support/far-end.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, useTown } from '../support/town.ts';

describe('delivering words', () => {
  const town = useTown(embeddedStores());
  const keysOf = (arrived: { key: string }[]) => arrived.map((row) => row.key);

  it('opens the channel first, then the header, and announces it once there is a channel', async () => {
    const { id } = await town.declare();
    const slack = createFarEnd('slack');
    await deliverDue(town.broadcast({ couriers: [slack.courier] }));
    const keys = keysOf(slack.arrived);
    expect(keys.filter((key) => !key.startsWith('announced'))).toEqual([
      `channel:${id}`,
      `header:${id}`,
      `public-draft:${id}`,
      `declared:${id}:U0ANA`,
    ]);
    expect(slack.arrived.find((row) => row.key === `declared:${id}:U0ANA`)?.outgoing).toMatchObject({
      place: { in: 'direct', slack: 'U0ANA' },
      notice: { text: expect.stringContaining(`Gather in <#C${id}>.`) },
    });
    expect(keys.filter((key) => key.startsWith('announced'))).toEqual([`announced:${id}`]);
    expect(keys[0]).toBe(`channel:${id}`);
    expect(slack.arrived.find((row) => row.key === `header:${id}`)?.outgoing).toMatchObject({ pin: true });
    expect((await town.incidents().byChannel(`C${id}`))?.id).toBe(id);
  });

  it('tells #incidents when the channel was refused, and goes on', async () => {
    const { id } = await town.declare();
    const slack = createFarEnd('slack');
    slack.answers.push((outgoing) =>
      outgoing.to === 'slack' && outgoing.do === 'open-channel'
        ? { state: 'refused', why: 'Slack said restricted_action.' }
        : undefined,
    );
    await deliverDue(town.broadcast({ couriers: [slack.courier] }));
    const told = slack.arrived.find((row) => row.key === `refused:channel:${id}`);
    expect(told?.outgoing).toMatchObject({
      place: { in: 'channel', name: '#incidents' },
      notice: { text: expect.stringContaining('has no channel: Slack said restricted_action.') },
    });
    expect(keysOf(slack.arrived)).toEqual(expect.arrayContaining([`header:${id}`, `announced:${id}`]));
  });

  it('tries again as late as it was told, in order, reading back', async () => {
    const { id } = await town.declare();
    const slack = createFarEnd('slack');
    let busy = true;
    slack.answers.push(() => (busy ? { state: 'later', why: 'rate limited', afterMs: 45_000 } : undefined));
    const deps = town.broadcast({ couriers: [slack.courier] });
    await deliverDue(deps);
    expect(keysOf(slack.arrived)).toEqual([`channel:${id}`]);
    busy = false;
    await town.clock.advance(44_000);
    await deliverDue(deps);
    expect(slack.arrived).toHaveLength(1);
    await town.clock.advance(1_000);
    await deliverDue(deps);
    expect(slack.arrived[1]).toMatchObject({ key: `channel:${id}`, uncertain: true });
    expect(slack.arrived[2]).toMatchObject({ uncertain: false });
  });

  it('keeps what a courier throws out of sight of people, and tries again', async () => {
    await town.declare();
    const slack = createFarEnd('slack');
    slack.answers.push(() => {
      if (slack.arrived.length === 1) throw new Error('boom');
      return undefined;
    });
    const deps = town.broadcast({ couriers: [slack.courier] });
    await deliverDue(deps);
    expect(town.errors.map(String)).toContain('Error: boom');
    await town.clock.advance(2_000);
    await deliverDue(deps);
    expect(slack.arrived.length).toBeGreaterThan(2);
  });

  it.each(['outbox.claimed', 'outbox.sent'] as const)('delivers after a death at %s, as uncertain', async (point) => {
    const { id } = await town.declare();
    const slack = createFarEnd('slack');
    const dying = town.broadcast({
      couriers: [slack.courier],
      crash: (at) => {
        if (at === point) throw new Error('killed');
      },
    });
    const job = await takeRow(dying, slack.courier);
    await expect(job?.()).rejects.toThrow('killed');
    const deps = town.broadcast({ couriers: [slack.courier] });
    await deliverDue(deps);
    expect(keysOf(slack.arrived).filter((key) => key === `channel:${id}`)).toHaveLength(
      point === 'outbox.sent' ? 1 : 0,
    );
    await town.clock.advance(31_000);
    await deliverDue(deps);
    expect(slack.arrived.filter((row) => row.key === `channel:${id}`).at(-1)).toMatchObject({ uncertain: true });
    expect((await town.outbox(id)).every((row) => row.state === 'sent')).toBe(true);
  });

  it('holds a claim for as long as a slow far end takes', async () => {
    await town.declare();
    const slack = createFarEnd('slack');
    let answer: () => void = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    slack.answers.push((outgoing) =>
      outgoing.to === 'slack' && outgoing.do === 'open-channel'
        ? answered.then(() => ({ state: 'sent', receipt: { channel: 'CSLOW' } }))
        : undefined,
    );
    const deps = town.broadcast({ couriers: [slack.courier] });
    const job = await takeRow(deps, slack.courier);
    const delivering = job?.();
    for (let beat = 0; beat < 8; beat += 1) {
      await town.clock.advance(10_000);
      await town.store().tx((tx) => tx.query('select 1'));
    }
    expect(await takeRow(deps, slack.courier)).toBeNull();
    answer();
    await delivering;
    expect(
      slack.arrived.filter((row) => row.outgoing.to === 'slack' && row.outgoing.do === 'open-channel'),
    ).toHaveLength(1);
    await deliverDue(deps);
  });

  it('carries words by itself between start and stop, a hanging page beside a working Slack', async () => {
    const { id } = await town.declare();
    const slack = createFarEnd('slack');
    const page = createFarEnd('statuspage');
    let release: () => void = () => {};
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    page.answers.push(() => hanging.then(() => undefined));
    await town.incidents().assign({ incidentId: id, role: 'publishers', person: 'ana' }, ana);
    const deps = town.broadcast({
      couriers: [page.courier, slack.courier],
      real: { ...systemClock, now: town.clock.now },
    });
    const broadcast = createBroadcast(deps);
    await broadcast.publish({ incidentId: id }, ana);
    broadcast.start();
    const allOut = async () =>
      (await town.outbox(id)).filter((row) => row.lane.startsWith('slack:') && row.state !== 'sent').length === 0;
    while (!(await allOut()) || page.arrived.length === 0) await systemClock.sleep(5);
    expect((await town.incidents().view(id)).publicPage.state).toBe('draft');
    release();
    while ((await town.incidents().view(id)).publicPage.state !== 'open') await systemClock.sleep(5);
    await broadcast.stop();
    const before = slack.arrived.length;
    await town.declare();
    broadcast.nudge();
    await systemClock.sleep(20);
    expect(slack.arrived).toHaveLength(before);
    await deliverDue(deps);
  });
});

describe('live messages', () => {
  const town = useTown(embeddedStores());
  let shown = 'first';
  const { painter, painted } = createPainter((notice) => `${notice.kind} ${shown}`);
  const set = () => {
    const deps = town.broadcast({ couriers: [createFarEnd('slack').courier], painter });
    return { deps, take: livePainting(deps) };
  };
  const headerOf = (id: number) => painted.filter((one) => one.key === `header:${id}`).map((one) => one.shown);

  it('show what is true now, at most once a second, and only news', async () => {
    const { id } = await town.declare();
    const { deps, take } = set();
    await deliverDue(deps);
    await paintDue(deps, take);
    expect(headerOf(id)).toEqual(['incident-header first']);
    for (const word of ['second', 'third']) {
      shown = word;
      await town.store().tx((tx) => tx.tell({ kind: 'IncidentChanged', incidentId: id }));
      await paintDue(deps, take);
    }
    expect(headerOf(id)).toEqual(['incident-header first']);
    await town.clock.advance(1_000);
    await paintDue(deps, take);
    expect(headerOf(id)).toEqual(['incident-header first', 'incident-header third']);
    await town.clock.advance(1_000);
    await town.store().tx((tx) => tx.tell({ kind: 'IncidentChanged', incidentId: id }));
    await paintDue(deps, take);
    expect(headerOf(id)).toHaveLength(2);
  });

  it('move with time while the incident is open, and stop when it is resolved', async () => {
    const { id } = await town.declare();
    const { deps, take } = set();
    await deliverDue(deps);
    await paintDue(deps, take);
    shown = 'a minute later';
    await town.clock.advance(20_000);
    await paintDue(deps, take);
    expect(headerOf(id).at(-1)).toBe('incident-header a minute later');
    await town.incidents().resolve({ incidentId: id }, ana);
    await town.clock.advance(2_000);
    await paintDue(deps, take);
    shown = 'much later';
    await town.clock.advance(60_000);
    await paintDue(deps, take);
    expect(headerOf(id).at(-1)).toBe('incident-header a minute later');
  });

  it('wait as long as they are told, and give up on one that is gone', async () => {
    const { id } = await town.declare();
    const answers = [
      { state: 'later', why: 'rate limited', afterMs: 30_000 },
      { state: 'refused', why: 'message_not_found' },
    ] as const;
    let asked = 0;
    const deps = town.broadcast({
      couriers: [createFarEnd('slack').courier],
      painter: {
        paint: async ({ key }) =>
          key === `header:${id}` ? (answers[asked++] ?? answers[1]) : { state: 'sent', receipt: {} },
      },
    });
    await deliverDue(deps);
    await paintDue(deps);
    await town.clock.advance(29_000);
    await paintDue(deps);
    expect(asked).toBe(1);
    await town.clock.advance(1_000);
    await paintDue(deps);
    await paintDue(deps);
    expect(asked).toBe(2);
  });
});
