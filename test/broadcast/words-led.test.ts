import { describe, expect, it } from '@jest/globals';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { StepState } from '../../src/domain/run.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { saveSteps } from '../../src/store/steps.ts';
import { createFarEnd, deliverDue } from '../support/far-end.ts';
import { plannedStep } from '../support/plans.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, useTown } from '../support/town.ts';

describe('words that bring people where they are needed', () => {
  const town = useTown(embeddedStores());
  const rowsOf = async (incidentId: number, keyed: string): Promise<Outgoing[]> =>
    (await town.outbox(incidentId)).filter((row) => row.key.startsWith(keyed)).map((row) => row.document);
  const announced = (incidentId: number) => ({
    key: `announced:${incidentId}`,
    lane: 'slack:channel:#incidents',
    document: {
      ...{ to: 'slack', do: 'post', place: { in: 'channel', name: '#incidents' } },
      notice: { kind: 'incident-announced', incidentId },
    } as Outgoing,
    dueAt: town.clock.now(),
  });

  it('call responders to a checkpoint, with what to look at, once for each attempt', async () => {
    const { id } = await town.declare();
    const input = { instructions: 'Orders per minute are above 40.\nSee <the dashboard>.' };
    const look = plannedStep('look', { kind: 'human', title: 'People can order', input, timeoutMs: 3_600_000 });
    const runId = await town.startRun(id, { steps: [plannedStep('scale'), look] });
    const at = (attempt: number, status: 'running' | 'failed'): StepState => ({
      ...{ id: 'look', status, attempt, startedAt: null, endedAt: null, note: null, output: null, effectSent: false },
    });
    const change = (state: StepState) =>
      town.store().tx(async (tx) => {
        await saveSteps(tx, runId, [state]);
        await tx.tell({ kind: 'RunChanged', incidentId: id, runId });
      });
    const called = () => rowsOf(id, `checkpoint:${runId}`);
    await change(at(1, 'running'));
    await change(at(1, 'running'));
    expect(await called()).toMatchObject([
      {
        place: { in: 'incident', incidentId: id },
        notice: {
          mention: ['U0ANA', 'U0EVE', 'U0BEN'],
          text: expect.stringMatching(
            /waits for a person at \*look\*: People can order\nOrders per minute are above 40\.\nSee &lt;the dashboard&gt;\.\nThen press \*Done\*.*`\/dr answer look done`.*after 1h\./,
          ),
        },
      },
    ]);
    await change(at(1, 'failed'));
    await change(at(2, 'running'));
    expect(await called()).toHaveLength(2);
  });

  it('bring the end to #incidents, below the announcement, one line each', async () => {
    const { id } = await town.declare();
    const ends = () =>
      town
        .store()
        .tx((tx) =>
          tx.query<{ key: string; document: Outgoing }>(
            `select key, document from outbox where key like 'announced:' || $1 || ':%' order by id`,
            [id],
          ),
        );
    await town.store().tx((tx) => enqueue(tx, announced(id)));
    await town.incidents().resolve({ incidentId: id }, ana);
    await town.incidents().close({ incidentId: id }, ana);
    expect(await ends()).toMatchObject(
      ['is resolved, 10m after the impact began.', 'is closed.'].map((end) => ({
        document: {
          place: { in: 'channel', name: '#incidents', under: `announced:${id}` },
          notice: { text: expect.stringMatching(new RegExp(`^[^\n]*${end}$`)) },
        },
      })),
    );
  });

  it('bring the end to #incidents with the announcement when that comes late', async () => {
    const slack = createFarEnd('slack');
    const { id } = await town.declare();
    await town.incidents().resolve({ incidentId: id }, ana);
    await deliverDue(town.broadcast({ couriers: [slack.courier] }));
    const keys = slack.arrived.map(({ key }) => key).filter((key) => key.startsWith(`announced:${id}`));
    expect(keys).toEqual([`announced:${id}`, `announced:${id}:resolved`]);
  });

  it('bring whoever is given a role into the channel, and the severity into its topic', async () => {
    const { id } = await town.declare();
    const opened = async () => (await rowsOf(id, `channel:${id}`)).length;
    expect(await opened()).toBe(1);
    await town.incidents().assign({ incidentId: id, role: 'approvers', person: 'U0HAL' }, ana);
    expect(await opened()).toBe(2);
    const keys = (await town.outbox(id)).map((row) => row.key);
    expect(keys.findLastIndex((key) => key.startsWith('channel:'))).toBeLessThan(keys.length - 1);
    await town.incidents().setSeverity({ incidentId: id, severity: 'P3' }, ana);
    expect(await opened()).toBe(3);
    expect((await town.incidents().view(id)).members).toContainEqual({ person: 'U0HAL', slack: 'U0HAL' });
  });
});
