import { describe, expect, it } from '@jest/globals';
import { api, carryOut, checksOf, closeGrounds, commands, example, home, processor } from './functions-ground.ts';
import { begin, watch } from './ground.ts';

closeGrounds();

describe('lambda.set-concurrency', () => {
  const action = 'lambda.set-concurrency';

  it('takes away a setting that was not there, which is not the same as 0', async () => {
    const ground = await example();
    const act = ground.action(action);
    const captured = await act.capture({ ...processor, reserved: 0 }, ground.ctx());
    expect(captured).toMatchObject({ reserved: null });
    await act.apply({ ...processor, reserved: 0 }, 'token', captured, ground.ctx());
    await begin(act, act.restore({ ...processor, reserved: 0 }, captured) ?? {}, ground);
    expect(commands(ground).at(-1)).toBe('DeleteFunctionConcurrency lambda:flightdata-processor');
    expect(await act.capture({ ...processor, reserved: 1 }, ground.ctx())).toMatchObject({ reserved: null });
  });

  it('leaves a hundred executions to everybody else', async () => {
    const ground = await example();
    expect((await checksOf(ground, action, { ...processor, reserved: 701 })).unreserved).toBe('fail: 99 of 800 left');
    expect((await checksOf(ground, action, { ...processor, reserved: 700 })).unreserved).toBe('pass: 100 of 800 left');
    expect((await checksOf(ground, action, { ...api, reserved: 900 })).unreserved).toMatch(/^pass: 100/);
    await expect(begin(ground.action(action), { ...processor, reserved: 701 }, ground)).rejects.toThrow(
      /below its minimum/,
    );
  });

  it('says where what comes meanwhile waits, and for how long', async () => {
    const ground = await example();
    const checks = await checksOf(ground, action, { ...processor, reserved: 0 });
    expect(checks.sources).toMatch(/1 still enabled: disable it first .*flightdata-ingest keeps records for 24 h/);
    expect(checks.events).toBe('pass: they wait for 6 h, then are dropped');
    const queue = 'arn:aws:sqs:us-east-1:123456789012:flightdata-dead-letters';
    const kept = await example(() => ({ eventAge: 1_800, deadLetters: queue }));
    expect((await checksOf(kept, action, { ...processor, reserved: 0 })).events).toContain(
      `0.5 h, then go to ${queue}`,
    );
  });

  it('is not content with 0 while an event source still takes what it can only lose', async () => {
    const ground = await example();
    const input = { ...processor, reserved: 0 };
    const seen = await carryOut(ground, action, input);
    if (seen?.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(await ground.action(action).verify(input, seen.output, ground.ctx())).toMatchObject([{ verdict: 'fail' }]);
    await carryOut(ground, 'lambda.toggle-event-source', { ...processor, enabled: false });
    expect(await ground.action(action).verify(input, seen.output, ground.ctx())).toMatchObject([{ verdict: 'pass' }]);
  });
});

describe('lambda.toggle-event-source', () => {
  const action = 'lambda.toggle-event-source';

  it('waits until a mapping is at rest, and says until when its source keeps what comes', async () => {
    const ground = await example();
    const act = ground.action(action);
    const receipt = await begin(act, { ...processor, enabled: false }, ground);
    const seen = await watch(act, { ...processor, enabled: false }, receipt, ground);
    expect(seen[0]).toMatchObject({ state: 'working', progress: 'flightdata-ingest Disabling' });
    expect(seen.at(-1)).toEqual({
      state: 'done',
      output: { sources: ['flightdata-ingest'], resume_by: '2026-03-02T12:10:00.000Z' },
    });
  });

  it('counts the shorter clock of a mapping that passes over old records', async () => {
    const ground = await example();
    const writer = { ...home, function: 'flightdata-metrics-writer', enabled: false };
    expect(await carryOut(ground, action, writer)).toMatchObject({
      output: { sources: ['flightdata-main'], resume_by: '2026-03-02T00:10:00.000Z' },
    });
  });

  it('does not ask for a change while another is under way, which Lambda refuses', async () => {
    const ground = await example();
    await begin(ground.action(action), { ...processor, enabled: false }, ground);
    expect((await checksOf(ground, action, { ...processor, enabled: true })).rest).toBe(
      'fail: flightdata-ingest Disabling',
    );
    await expect(begin(ground.action(action), { ...processor, enabled: true }, ground)).rejects.toThrow(/in use/);
  });

  it('fails where one of the mappings that it is to turn back is gone', async () => {
    const ground = await example();
    const act = ground.action(action);
    const input = { ...processor, enabled: false };
    const captured = await act.capture(input, ground.ctx());
    const { mappings } = captured as { mappings: { id: string }[] };
    const seen = await carryOut(ground, action, { ...input, mappings: [...mappings.map(({ id }) => id), 'gone'] });
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringContaining('no event source gone any more') });
  });

  it('is not done while a mapping is stuck, and finds a function without any', async () => {
    const ground = await example();
    ground.world.setFault({ kind: 'event-source-stuck', ...processor });
    expect((await carryOut(ground, action, { ...processor, enabled: false }))?.state).toBe('working');
    expect((await checksOf(ground, action, { ...api, enabled: false })).sources).toBe('fail: none');
  });
});
