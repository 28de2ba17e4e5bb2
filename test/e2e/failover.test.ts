import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Outside, startOutside } from './outside.ts';

describe('a failover through Slack', () => {
  let outside: Outside;
  let channel: string;
  beforeAll(async () => {
    outside = await startOutside();
  });
  afterAll(() => outside.close());

  it('is declared: its channel, its people, a pinned header, a word in #incidents', async () => {
    channel = await outside.declare('U0ANA', 'us-east-1 is failing <!channel>');
    const { workspace } = outside.farEnds.slack;
    const made = [...workspace.channels.values()].find((one) => one.name === channel);
    expect([...(made?.members ?? [])].sort()).toEqual(expect.arrayContaining(['U0ANA', 'U0BEN', 'U0CAT', 'U0DOV']));
    await workspace.changes.until(() => made?.pins.length === 1, 'the header to be pinned');
    await outside.seen('U0DOV', 'incidents', /INC-1/);
  });

  it('is asked for with the phrase, approved by another, and runs to observed recovery', async () => {
    await outside.dr('U0ANA', 'failover tasks=8', channel);
    expect((await outside.submit('U0ANA', { phrase: 'failover' })).state).toBe('errors');
    expect((await outside.submit('U0ANA', { phrase: ' FAILOVER ' })).state).toBe('closed');
    await outside.seen('U0BEN', channel, /Approval needed/);
    expect(await outside.press('U0ANA', channel, 'consent.approve')).toEqual({ ok: true });
    await outside.seen('U0ANA', channel, /Only an approver|yourself/);
    await outside.press('U0BEN', channel, 'consent.approve');
    await outside.seen('U0DOV', channel, /succeeded/i);
    const { effects, writersOverlapMs } = outside.farEnds.world.world.audit();
    expect(writersOverlapMs).toBe(0);
    expect(effects.filter((effect) => effect.command === 'PromoteReadReplica')).toHaveLength(1);
  });

  it('is on the public page though nobody spoke, is told more by a publisher, and resolved with its measures', async () => {
    await outside.dr('U0CAT', 'update', channel);
    await outside.submit('U0CAT', { audiences: ['public'], outside: 'Orders go through again.' });
    await outside.submit('U0CAT', {});
    const { page } = outside.farEnds.statuspage;
    const spoken = (words: string) => () =>
      page.incidents.some((incident) => incident.incident_updates.some(({ body }) => body.includes(words)));
    await page.changes.until(spoken('We will say more as soon as we know more'), 'the neutral words', 30_000);
    await page.changes.until(spoken('Orders go through again.'), 'the words of the publisher', 30_000);
    await outside.dr('U0ANA', 'resolve', channel);
    await outside.seen('U0DOV', channel, /RTO/);
    await page.changes.until(
      () => page.incidents.some((incident) => incident.status === 'resolved'),
      'the public incident to be resolved',
      30_000,
    );
    expect(page.incidents).toHaveLength(1);
    expect(outside.farEnds.slack.workspace.pings.filter(({ kind }) => kind !== 'person')).toEqual([]);
  });
});
