import { describe, expect, it } from '@jest/globals';
import { viewDraft } from '../../../src/broadcast/due/draft.ts';
import { sendDraft, sendUpdate } from '../../../src/broadcast/due/send.ts';
import { watchDue } from '../../../src/broadcast/due/watch.ts';
import { publish } from '../../../src/broadcast/public/publish.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { DraftRow } from '../../../src/store/drafts.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, cat } from '../../support/town.ts';
import { homeWith, minute, sayClock, useStreet } from './street.ts';

const second = 1_000;

describe('drafts', () => {
  const street = useStreet(embeddedStores());
  /** `0:05:00 superseded customers, public`: when it reads that its words are due, what became of it and whom it was for. */
  const drafts = async (incident: Incident): Promise<string[]> => {
    const rows = await street
      .store()
      .tx((tx) =>
        tx.query<Pick<DraftRow, 'round' | 'audiences'>>(
          'select round, audiences from draft_round where incident_id = $1 order by round',
          [incident.id],
        ),
      );
    const views = await Promise.all(rows.map(({ round }) => viewDraft(street.deps(), incident.id, round)));
    return views.map((view, at) => `${sayClock(incident, view.dueAt)} ${view.state} ${rows[at]?.audiences.join(', ')}`);
  };
  const tellStakeholders = (incident: Incident, requestKey: string) =>
    sendUpdate(
      street.deps(),
      {
        incidentId: incident.id,
        audiences: ['stakeholders'],
        inside: 'We see it.',
        outside: '',
        page: null,
        requestKey,
      },
      ana,
    );

  it('read the due time that each was shown for, also where one takes in what the one before waited for', async () => {
    const incident = await street.declare();
    await street.pass(4 * minute);
    await publish(street.deps(), { incidentId: incident.id }, cat);
    await street.pass(8 * minute);
    await tellStakeholders(incident, 'two-drafts');
    const run = await street.startRun(incident.id);
    await street.pass(20 * minute);
    await street.endRun(incident.id, run, 'succeeded');
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    expect(await drafts(incident)).toEqual([
      '0:05:00 superseded customers, public',
      '0:34:00 lapsed customers, public',
    ]);
    await expect(sendDraft(street.deps(), { incidentId: incident.id, round: 2 }, cat)).rejects.toThrow(
      ' is over: send a newer one',
    );
  });

  it('are for those whose words are due soon, and for those whom the one before still waits for', async () => {
    const incident = await street.declare();
    await street.pass(12 * minute + 7 * second);
    await tellStakeholders(incident, 'owed-alone');
    await street.pass(50 * minute);
    const shown = await street.posts(incident, `draft:${incident.id}:`);
    expect(shown.map(({ at }) => at)).toEqual(['0:03:20', '0:25:00', '0:37:07', '0:55:00']);
    expect((await drafts(incident)).map((line) => line.split(' ').slice(2).join(' '))).toEqual([
      'customers, public',
      'responders, customers, public',
      'stakeholders, customers',
      'responders, customers, public',
    ]);
  });

  it('say to whom some of it was sent before a newer one took the place of the rest', async () => {
    const incident = await street.declare();
    await street.pass(12 * minute + 7 * second);
    await tellStakeholders(incident, 'some-of-it');
    await street.pass(50 * minute);
    const views = await Promise.all([1, 2, 3, 4].map((round) => viewDraft(street.deps(), incident.id, round)));
    expect(views.map(({ state, told }) => `${state}: ${told.join(', ')}`)).toEqual([
      'superseded: public',
      'superseded: responders, public',
      'superseded: stakeholders',
      'waiting: ',
    ]);
  });

  it('are shown once, also where a process dies as it shows one and others look at the same time', async () => {
    const incident = await street.declare();
    await street.clock.advance(200 * second);
    let passed = 0;
    // First before anything is said, then after the draft was written.
    const crash = (at: string) => {
      passed += at === 'broadcast.due' ? 1 : 0;
      if (passed === 2) throw new Error('killed');
    };
    await watchDue(street.deps({ crash }));
    expect(street.errors).toMatchObject([{ message: 'killed' }]);
    street.errors.length = 0;
    expect(await drafts(incident)).toEqual([]);
    await Promise.all([watchDue(street.deps()), watchDue(street.deps())]);
    await street.pass(minute);
    expect(await drafts(incident)).toEqual(['0:05:00 waiting customers, public']);
    expect(await street.posts(incident, `draft:${incident.id}:`)).toHaveLength(1);
  });

  it('are shown once for a promise, also where recovery begins while one waits', async () => {
    const incident = await street.declare();
    await street.pass(12 * minute + 7 * second);
    await tellStakeholders(incident, 'one-promise');
    await street.pass(25 * minute);
    const before = await drafts(incident);
    expect(before.at(-1)).toMatch(/waiting stakeholders/);
    await street.startRun(incident.id);
    expect(await street.due(incident, 'stakeholders')).toBe('0:43:00');
    await street.pass(4 * minute);
    expect(await drafts(incident)).toEqual(before);
  });

  it('are shown once for a due time that is put off and brought back', async () => {
    const incident = await street.declare();
    await street.pass(200 * second);
    expect(await drafts(incident)).toEqual(['0:05:00 waiting customers, public']);
    await street.incidents().setSeverity({ incidentId: incident.id, severity: 'P2' }, ana);
    expect(await street.due(incident, 'public')).toBe('0:15:00');
    await street.incidents().setSeverity({ incidentId: incident.id, severity: 'P1' }, ana);
    await street.pass(minute);
    expect(await drafts(incident)).toEqual(['0:05:00 waiting customers, public']);
  });
});

describe('a draft that waits', () => {
  const home = homeWith({
    severities: {
      P1: { public_within: '10m', update_every: '30m', update_every_recovering: '2h', escalate: ['0m'] },
      P2: { public_within: '10m', update_every: '10m', update_every_recovering: '2h', escalate: ['0m'] },
    },
  });
  const street = useStreet(embeddedStores(), { home });

  it('is never for more than those that it was shown for: others who are owed words by then get a new one', async () => {
    const { id } = await street.declare();
    await street.pass(7 * minute);
    await street.incidents().setSeverity({ incidentId: id, severity: 'P2' }, ana);
    await expect(sendDraft(street.deps(), { incidentId: id, round: 1 }, ana)).rejects.toThrow('out of date');
    const views = await Promise.all([1, 2].map((round) => viewDraft(street.deps(), id, round)));
    expect(views[0]?.dueAt).toEqual(views[1]?.dueAt);
    expect(views[1]?.previews.map(({ audience }) => audience)).toEqual(['responders', 'customers', 'public']);
  });
});
