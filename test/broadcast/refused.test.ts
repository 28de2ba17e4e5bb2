import { describe, expect, it } from '@jest/globals';
import { readTrouble } from '../../src/broadcast/delivery/backlog.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { createFarEnd, deliverDue } from '../support/far-end.ts';
import { embeddedStores } from '../support/stores.ts';
import { useTown } from '../support/town.ts';

describe('words that are refused', () => {
  const town = useTown(embeddedStores());
  const why = 'The channel is archived.';
  const isPost = (outgoing: Outgoing, place: 'incident' | 'channel' | 'direct') =>
    outgoing.to === 'slack' && outgoing.do === 'post' && outgoing.place.in === place;
  const unsaid = async (): Promise<{ key: string; document: Outgoing; state: string }[]> =>
    town.store().tx((tx) => tx.query(`select key, document, state from outbox where key like 'unsaid:%' order by id`));

  /** An incident whose run is paused after Slack has stopped taking words for these places. */
  const pauseBehind = async (...places: ('incident' | 'channel' | 'direct')[]) => {
    const slack = createFarEnd('slack');
    const deps = town.broadcast({ couriers: [slack.courier] });
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    await deliverDue(deps);
    slack.answers.push((outgoing) =>
      places.some((place) => isPost(outgoing, place)) ? { state: 'refused', why } : undefined,
    );
    await town.store().tx((tx) => tx.tell({ kind: 'RunPaused', incidentId: id, runId, why: 'a <step> failed' }));
    const before = slack.arrived.length;
    await deliverDue(deps);
    return { id, slack, deps, arrived: slack.arrived.slice(before) };
  };

  it('are said in #incidents and to the commander, with what could not be said', async () => {
    const { id, arrived } = await pauseBehind('incident');
    const text = expect.stringMatching(
      /Slack did not take these words in #inc-.*The channel is archived\.\n.*is paused: a &lt;step&gt; failed\n.*`\/dr abort`\.$/,
    );
    expect(arrived.map((one) => one.outgoing)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          place: { in: 'channel', name: '#incidents' },
          notice: { kind: 'sentence', text, mention: ['ana'] },
        }),
        expect.objectContaining({
          place: { in: 'direct', slack: 'U0ANA' },
          notice: { kind: 'sentence', text, mention: [] },
        }),
      ]),
    );
    expect((await town.outbox(id)).some((row) => row.state === 'refused')).toBe(true);
  });

  it('are not said for ever where nobody takes them', async () => {
    const before = (await unsaid()).length;
    const { slack, deps } = await pauseBehind('incident', 'channel', 'direct');
    const now = await unsaid();
    expect(now.slice(before).map((row) => row.state)).toEqual(['refused', 'refused']);
    const asked = slack.arrived.length;
    await town.clock.advance(600_000);
    await deliverDue(deps);
    expect(slack.arrived).toHaveLength(asked);
  });

  it('name a live message that is missing, and keep still about the header', async () => {
    const slack = createFarEnd('slack');
    slack.answers.push((outgoing) => (isPost(outgoing, 'incident') ? { state: 'refused', why } : undefined));
    const { id } = await town.declare();
    const runId = await town.startRun(id);
    await deliverDue(town.broadcast({ couriers: [slack.courier] }));
    const keys = (await unsaid()).map((row) => row.key);
    expect(keys).toEqual(expect.arrayContaining([`unsaid:run:${runId}`, `unsaid:run:${runId}:U0ANA`]));
    expect(keys).not.toContain(`unsaid:header:${id}`);
    const told = slack.arrived.find((one) => one.key === `unsaid:run:${runId}`);
    expect(told?.outgoing).toMatchObject({ notice: { text: expect.stringContaining('the steps of a run') } });
  });

  it('are what a message comes to that cannot be built, so that what is behind it goes out', async () => {
    const slack = createFarEnd('slack');
    const deps = town.broadcast({ couriers: [slack.courier] });
    const { id } = await town.declare();
    await deliverDue(deps);
    let tried = 0;
    slack.answers.push((outgoing) => {
      if (!isPost(outgoing, 'incident') || tried >= 10) return undefined;
      tried += 1;
      throw new TypeError('cannot read a property of undefined');
    });
    const runId = await town.startRun(id);
    await town.endRun(id, runId, 'succeeded');
    for (let minute = 0; minute < 10; minute += 1) {
      await deliverDue(deps);
      await town.clock.advance(60_000);
    }
    const stateOf = async (key: string) => (await town.outbox(id)).find((row) => row.key === key)?.state;
    expect([tried, await stateOf(`run:${runId}`), await stateOf(`ended:${runId}`)]).toEqual([10, 'refused', 'sent']);
    expect((await unsaid()).map((row) => row.key)).toContain(`unsaid:run:${runId}`);
  });

  it('are not what a far end that is away comes to, however long', async () => {
    const slack = createFarEnd('slack');
    const deps = town.broadcast({ couriers: [slack.courier] });
    const { id } = await town.declare();
    slack.answers.push(() => ({ state: 'later', why: 'Slack does not answer.', afterMs: 0 }));
    for (let minute = 0; minute < 15; minute += 1) {
      await deliverDue(deps);
      await town.clock.advance(60_000);
    }
    expect((await town.outbox(id)).find((row) => row.key === `channel:${id}`)?.state).toBe('due');
    slack.answers.length = 0;
    slack.answers.push(() => {
      if (slack.arrived.length % 2 === 0) throw new Error('once more');
      return undefined;
    });
    for (let minute = 0; minute < 5; minute += 1) {
      await deliverDue(deps);
      await town.clock.advance(60_000);
    }
    expect((await town.outbox(id)).find((row) => row.key === `channel:${id}`)?.state).toBe('sent');
  });

  it('degrade readiness for some hours', async () => {
    await pauseBehind('incident');
    await town
      .store()
      .tx((tx) => tx.query(`update outbox set ended_at = now() - interval '1 hour' where state = 'refused'`));
    const [trouble] = await readTrouble(town.store());
    expect(trouble).toMatchObject({ name: 'slack', why: expect.stringMatching(/refused in the last 6 hours: .+/) });
    await town
      .store()
      .tx((tx) => tx.query(`update outbox set ended_at = now() - interval '7 hours' where state = 'refused'`));
    expect(await readTrouble(town.store())).toEqual([]);
  });
});
