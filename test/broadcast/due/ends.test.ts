import { describe, expect, it } from '@jest/globals';
import { viewDraft } from '../../../src/broadcast/due/draft.ts';
import { sendUpdate } from '../../../src/broadcast/due/send.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { createReports } from '../../../src/reports/create-reports.ts';
import { waitingDraft } from '../../../src/store/drafts.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, cat } from '../../support/town.ts';
import { minute, useStreet } from './street.ts';

describe('when the incident is over', () => {
  const street = useStreet(embeddedStores());
  const toCustomers = (incident: Incident, requestKey: string) =>
    sendUpdate(
      street.deps(),
      { incidentId: incident.id, audiences: ['customers'], inside: '', outside: 'It is over.', page: null, requestKey },
      cat,
    );

  it('those who were told hear it at once, a publisher is asked for the rest, and nothing is due after that', async () => {
    const incident = await street.declare();
    await street.pass(8 * minute);
    await toCustomers(incident, 'first');
    await street.pass(30 * minute);
    const before = (await street.schedule(incident)).length;
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    expect((await street.schedule(incident)).slice(before).sort()).toEqual([
      '0:38:00 public automatic',
      '0:38:00 responders automatic',
      '0:38:00 stakeholders automatic',
    ]);
    expect((await street.views(incident)).map(({ audience, dueAt }) => [audience, dueAt !== null])).toEqual([
      ['responders', false],
      ['stakeholders', false],
      ['customers', true],
      ['public', false],
    ]);
    await street.pass(11 * minute);
    const asked = (await street.posts(incident, 'asked_')).map((one) => one.at);
    expect(asked.slice(-2)).toEqual(['0:38:00', '0:48:00']);
    await toCustomers(incident, 'last');
    await street.pass(5 * 60 * minute);
    expect((await street.views(incident)).every(({ dueAt, promised }) => dueAt === null && promised === null)).toBe(
      true,
    );
    expect((await street.schedule(incident)).at(-1)).toBe('0:49:00 customers person');
    expect((await street.posts(incident, 'asked_')).length).toBe(asked.length);
  });

  it('says so in the last words, which promise nothing', async () => {
    const incident = await street.declare();
    await street.pass(8 * minute);
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await street.pass(0);
    const texts = street.slack.arrived.map(({ outgoing }) => JSON.stringify(outgoing));
    const last = texts.filter((text) => text.includes('"#stakeholders"')).at(-1);
    expect(last).toMatch(/resolved/);
    expect(last).not.toContain('Next update');
    expect(street.page.arrived.at(-1)?.outgoing).toMatchObject({
      status: 'resolved',
      components: { cmp_api: 'operational' },
    });
    expect(JSON.stringify(street.page.arrived.at(-1)?.outgoing)).not.toContain('Next update');
  });

  it('says nothing to those who never heard of it', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await street.pass(60 * minute);
    expect(await street.schedule(incident)).toEqual([
      '0:00:00 stakeholders automatic',
      '0:01:00 stakeholders automatic',
    ]);
  });

  it('counts first words as broken that were due and that nobody said, though they are said afterwards', async () => {
    const incident = await street.declare();
    await street.pass(6 * minute);
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await street.pass(60 * minute);
    expect(await street.viewOf(incident, 'customers')).toMatchObject({ toldAt: null, dueAt: null, kept: 0, broken: 1 });
    expect(await street.viewOf(incident, 'public')).toMatchObject({ broken: 0 });
    // Words that go by themselves when they are due arrive a little later, within the minute that people were told.
    const late = `update broadcast set ended_at = said_at + interval '11 s' where incident_id = $1 and audience = 'public'`;
    await street.store().tx((tx) => tx.query(late, [incident.id]));
    const { file } = await createReports({
      ...{ store: street.store(), home: street.home, clock: street.clock, simulated: false },
    }).report(incident.id);
    const by = new Date(incident.declaredAt.getTime() + 5 * minute).toISOString().slice(11, 16);
    const lines = file.markdown.split('\n');
    expect(lines).toContain('| customers | 0 | 0 | 0 | 0 | 0 | 1 |');
    expect(lines).toContain(`| customers | ${by} |   | **broken** | first words were due, and none were said |`);
    expect(lines).toContain('| Find why 1 promise was broken |   |   |');
    expect(file.markdown).toMatch(/and 1 broken\. First words to customers were due and missed: none were said\./);
    expect(file.markdown).toMatch(new RegExp(`First words to customers were due.* by ${by} UTC: \\*\\*missed`));
    expect(file.markdown).toMatch(
      new RegExp(`First words to the public arrived.* by ${by} UTC, that minute included: met`),
    );
    await toCustomers(incident, 'at last');
    expect(await street.viewOf(incident, 'customers')).toMatchObject({ broken: 1 });
  });

  it('and closed before they heard of that: says who was owed it, and what they were promised is broken', async () => {
    const incident = await street.declare();
    await street.pass(8 * minute);
    await toCustomers(incident, 'promised');
    const { promised } = await street.viewOf(incident, 'customers');
    await street.pass(10 * minute);
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await street.pass(2 * minute);
    const shown = await street.store().tx((tx) => waitingDraft(tx, incident.id));
    expect(shown?.audiences).toEqual(['customers']);
    expect(await street.incidents().close({ incidentId: incident.id }, ana)).toMatchObject({
      owed: ['customers'],
      untold: [],
    });
    expect(await street.viewOf(incident, 'customers')).toMatchObject({ dueAt: null, promised: null, broken: 1 });
    expect(await viewDraft(street.deps(), incident.id, shown?.round ?? 0)).toMatchObject({ state: 'closed', told: [] });
    const { file } = await createReports({
      ...{ store: street.store(), home: street.home, clock: street.clock, simulated: false },
    }).report(incident.id);
    const by = promised?.toISOString().slice(11, 16);
    expect(file.markdown).toMatch(
      new RegExp(`\\| customers \\| ${by} \\| .* \\| \\*\\*broken\\*\\* \\| closed before any were said \\|`),
    );
    expect(file.markdown).toContain(
      `The customers were promised words by ${by} UTC, and none had arrived when the incident was closed`,
    );
    expect(file.markdown).toContain(' First words to customers came 3m late.');
  });

  it('and closed, names those outside who were told nothing at all', async () => {
    const incident = await street.declare();
    await street.pass(minute);
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    expect(await street.incidents().close({ incidentId: incident.id }, ana)).toMatchObject({
      owed: [],
      untold: ['customers', 'public'],
    });
  });

  it('and closed, nobody is owed anything, and a draft that waits is out of date', async () => {
    const incident = await street.declare();
    await street.pass(8 * minute);
    await toCustomers(incident, 'owed');
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await street.pass(minute);
    await street.incidents().close({ incidentId: incident.id }, ana);
    const said = (await street.said(incident.id)).length;
    await street.pass(5 * 60 * minute);
    expect((await street.said(incident.id)).length).toBe(said);
    expect((await street.views(incident)).every(({ dueAt, promised }) => dueAt === null && promised === null)).toBe(
      true,
    );
    await expect(toCustomers(incident, 'late')).rejects.toThrow('is closed: nobody is told about it any more.');
    const drafts = await street
      .store()
      .tx((tx) =>
        tx.query(`select state from draft_round where incident_id = $1 and state = 'waiting'`, [incident.id]),
      );
    expect(drafts).toEqual([]);
  });
});
