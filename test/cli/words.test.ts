import { beforeEach, describe, expect, it } from '@jest/globals';
import { incident, now } from './fixtures.ts';
import { ana, argsOf, createHarness, type Harness, nobody } from './harness.ts';

describe('the words of the terminal', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = createHarness();
  });
  const call = (word: string, args: Parameters<Harness['words']>[1] = {}) => harness.words(word, args, ana);

  it('name the nearest word for one that is not there', async () => {
    await expect(call('aprove')).rejects.toThrow('There is no word aprove: did you mean approve?');
    await expect(call('constructor')).rejects.toThrow('There is no word constructor');
  });

  it.each([
    ['approve', {}, 'code'],
    ['approve', { code: 'A1B2C3', force: true }, ''],
    ['skip', { step: 'scale' }, 'reason'],
    ['plan', { command: 'failover', inputs: { tasks: 4 } }, 'inputs.tasks'],
    ['plan', { command: 'failover', inputs: {}, mode: 'fast' }, 'mode'],
    ['status', { incident: 'seven' }, 'incident'],
    ['declare', { title: 'x', severity: 'P1', services: ['api'], began: 'yesterday', key: 'key_0000' }, 'began'],
  ])('refuse %s with %j, naming the field', async (word, args, field) => {
    await expect(call(word, args)).rejects.toMatchObject({ name: 'Refusal', field: field || undefined });
    expect(harness.asked).toEqual([]);
  });

  it.each([
    [7, 7],
    ['7', 7],
    ['INC-12', 12],
    ['inc-12', 12],
  ])('take %j as incident %i', async (chosen, id) => {
    await call('approve', { code: 'A1B2C3', incident: chosen });
    expect(argsOf(harness, 'approve')).toEqual({ code: 'A1B2C3', incidentId: id });
  });

  it('give all contacts, and of an incident those that it needs', async () => {
    expect(await call('contacts')).toMatchObject({ contacts: [{ name: 'cloud' }, { name: 'registrar' }] });
    expect((await call('contacts', { incident: 7 })).contacts).toEqual([
      expect.objectContaining({ name: 'cloud', phone: '+1 206 555 0100' }),
    ]);
    const { out } = await harness.run(['contacts']);
    expect(out).toBe(
      'Cloud support (cloud)\n  phone   +1 206 555 0100\n  account 1234\n  for     api\nRegistrar (registrar)\n  url     https://registrar.example/help',
    );
  });

  it('take the only incident under way, though a resolved one is not closed yet', async () => {
    harness.script.open = [{ ...incident, id: 8, phase: 'resolved' }, incident];
    await call('status');
    expect(argsOf(harness, 'view')).toBe(7);
  });

  it('ask which incident where several are under way, and say how to open one where none is', async () => {
    harness.script.open = [incident, { ...incident, id: 9, title: 'Search is slow' }];
    await expect(call('pause')).rejects.toThrow('INC-7 Checkout is down, INC-9 Search is slow. Add --incident');
    harness.script.open = [];
    await expect(call('pause')).rejects.toThrow('No incident is open: `muster declare');
  });

  it.each([
    [undefined, now],
    ['15m', new Date('2026-03-01T13:50:00Z')],
    ['2026-03-01T14:00:00+02:00', new Date('2026-03-01T12:00:00Z')],
  ])('read %s as when the impact began', async (began, expected) => {
    await call('declare', {
      title: 'Down',
      severity: 'P1',
      services: ['api'],
      key: 'key_0000',
      ...(began && { began }),
    });
    expect(argsOf(harness, 'declare')).toMatchObject({ impactBeganAt: expected, requestKey: 'key_0000' });
  });

  it.each(['list', 'status', 'commands', 'draft', 'audit-export', 'audit-verify', 'pause', 'resolve', 'plan-undo'])(
    '%s tells nothing to somebody without a role, also where several incidents are open',
    async (word) => {
      harness.script.open = [incident, { ...incident, id: 8 }];
      await expect(harness.words(word, {}, nobody)).rejects.toThrow('Only people with a role in muster.yml may look.');
      expect(harness.asked).toEqual([]);
    },
  );

  it('steer the incident’s current run, or the one that is named', async () => {
    await call('pause', { reason: 'wait' });
    await call('abort', { run: 'run_9' });
    expect(argsOf(harness, 'pause')).toEqual({ runId: 'run_1', reason: 'wait' });
    expect(argsOf(harness, 'abort')).toEqual({ runId: 'run_9' });
  });

  it('give dates as ISO 8601 text', async () => {
    expect(await call('declare', { title: 'Down', severity: 'P1', services: ['api'], key: 'key_0000' })).toMatchObject({
      incident: { declaredAt: '2026-03-01T14:05:00.000Z' },
    });
  });
});
