import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandLine } from '../../src/actions/script/arguments.ts';
import type { Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { testPrograms } from '../support/home-folder.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const apply = { script: 'apply-config', arguments: { environment: 'production' } };
const verify = { script: 'verify-data', arguments: { region: 'us-west-2' } };

async function begin(input: JsonObject, token = 'token-1'): Promise<JsonObject> {
  const act = ground.action('script.run');
  return act.apply(input, token, await act.capture(input, ground.ctx()), ground.ctx());
}

async function watch(name: string, input: JsonObject, receipt: JsonObject = {}): Promise<Observation> {
  for (let look = 0; look < 2_000; look += 1) {
    const seen = await ground.action(name).observe(input, receipt, ground.ctx());
    if (seen.state === 'done' || seen.state === 'failed') return seen;
    await ground.clock.sleep(seen.againInMs ?? 15_000);
  }
  throw new Error('it never ended');
}

const lookUp = (input: JsonObject) =>
  ground.action('script.run').lookup(input, 'token-1', { at: '2026-03-01T12:00:00Z' }, ground.ctx());

describe('script.run', () => {
  it('is done when the script has ended well', async () => {
    const receipt = await begin(apply);
    expect(await ground.action('script.run').observe(apply, receipt, ground.ctx())).toMatchObject({ state: 'working' });
    expect(await watch('script.run', apply, receipt)).toMatchObject({ state: 'done', output: { seconds: 30 } });
  });

  it('is failed by any other exit code, with the last that the script said', async () => {
    ground.world.setFault({ kind: 'script-fails', script: 'apply-config', exit: 4, output: 'one\ntable is missing' });
    expect(await watch('script.run', apply, await begin(apply))).toEqual({
      state: 'failed',
      why: 'The script apply-config ended with exit code 4: one / table is missing',
    });
  });

  it('is failed by a script that does not come to an end', async () => {
    ground.world.setFault({ kind: 'script-hangs', script: 'apply-config' });
    expect(await watch('script.run', apply, await begin(apply))).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('was ended at its time-out'),
    });
  });

  it('is never repeated blindly: what nobody knows is unknowable, and what failed stays failed', async () => {
    expect(await lookUp(apply)).toMatchObject({ happened: 'unknowable', why: expect.stringContaining('started anew') });
    await begin(apply);
    expect(await lookUp(apply)).toMatchObject({ happened: true });
    await ground.clock.sleep(600_000);
    ground.world.setFault({ kind: 'script-fails', script: 'apply-config' });
    await begin(apply, 'token-2');
    await ground.clock.sleep(600_000);
    const act = ground.action('script.run');
    expect(await act.lookup(apply, 'token-2', { at: '2026-03-01T12:00:00Z' }, ground.ctx())).toMatchObject({
      happened: 'failed',
      why: expect.stringContaining('not repeatable'),
    });
  });

  it('is repeated where muster.yml says that it may be', async () => {
    const sync = { ...apply, script: 'sync-config' };
    expect(await lookUp(sync)).toEqual({ happened: false });
    ground.world.setFault({ kind: 'script-fails', script: 'sync-config' });
    await begin(sync);
    await ground.clock.sleep(600_000);
    expect(await lookUp(sync)).toEqual({ happened: false });
    ground.world.clearFaults();
    expect(await watch('script.run', sync, await begin(sync))).toMatchObject({ state: 'done' });
  });

  it.each<[string, JsonObject, string, RegExp]>([
    ['a script that muster.yml does not allow', { script: 'aply-config' }, 'allowed', /did you mean apply-config/],
    ['a script whose file is not there', { script: 'never-written' }, 'file', /there is no scripts\/never-written\.sh/],
    ['a file that cannot be executed', { script: 'not-executable' }, 'file', /chmod \+x/],
    [
      'an argument that is not there',
      { ...apply, arguments: { enviroment: 'x' } },
      'arguments',
      /did you mean environment/,
    ],
  ])('fails the plan of %s', async (_name, input, id, found) => {
    const { checks } = await ground.action('script.run').plan(input, ground.ctx());
    expect(checks.find((check) => check.id === id)).toMatchObject({
      verdict: 'fail',
      found: expect.stringMatching(found),
    });
  });

  it('binds consent to the file as it is', async () => {
    const act = ground.action('script.run');
    const { before } = await act.plan(apply, ground.ctx());
    expect(act.binds).toContain('sha256');
    expect(before).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('starts nothing that does not fit, whatever was planned', async () => {
    await expect(begin({ script: 'apply-config', arguments: {} })).rejects.toThrow(
      /was not started: environment is missing/,
    );
    await expect(begin({ script: 'never-written' })).rejects.toThrow(/there is no scripts/);
  });
});

describe('script.check', () => {
  it('begins the script, waits for it, and may be asked again after it has failed', async () => {
    ground.world.setFault({ kind: 'script-fails', script: 'verify-data', output: '12 rows lack an id' });
    expect(await watch('script.check', verify)).toEqual({
      state: 'failed',
      why: 'The script verify-data ended with exit code 1: 12 rows lack an id',
    });
    ground.world.clearFaults();
    expect(await watch('script.check', verify)).toMatchObject({ state: 'done' });
  });

  it('runs only what muster.yml calls harmless', async () => {
    const act = ground.action('script.check');
    expect((await act.plan(apply, ground.ctx())).checks[0]).toMatchObject({ verdict: 'fail' });
    expect(await act.observe(apply, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('does not say that the script apply-config is harmless'),
    });
  });
});

describe('arguments', () => {
  const script = testPrograms.scripts['apply-config'];
  if (!script) throw new Error('no script');

  it('stand in the order of muster.yml, each behind its flag', () => {
    const given = { force: true, copies: 3, environment: 'production' };
    expect(commandLine(script, given)).toEqual({ args: ['production', '--copies', '3', '--force'], faults: [] });
    expect(commandLine(script, { environment: 'a', force: false }).args).toEqual(['a']);
  });

  it.each<[Record<string, string | number | boolean>, RegExp]>([
    [{}, /environment is missing/],
    [{ environment: '--help' }, /environment may not be "--help"/],
    [{ environment: 'a b; rm' }, /environment may not be/],
    [{ environment: 'a', copies: 10 }, /copies is a whole number from 1 to 9, found 10/],
    [{ environment: 'a', copies: '3; x' }, /copies is a whole number/],
    [{ environment: 'a', force: 'yes' }, /force is true or false, found yes/],
  ])('%j is refused', (given, fault) => expect(commandLine(script, given).faults.join()).toMatch(fault));

  it('are whole words of a pattern', () => {
    const patterned = {
      arguments: { table: { type: 'string' as const, required: true, pattern: 'flightdata-[a-z]+' } },
    };
    expect(commandLine(patterned, { table: 'flightdata-main' }).faults).toEqual([]);
    expect(commandLine(patterned, { table: 'flightdata-main; x' }).faults).toHaveLength(1);
  });
});
