import { afterEach, describe, expect, it } from '@jest/globals';
import type { EstateInput } from '../../src/sim/index.ts';
import { breachEstate, carry, home } from './breach.ts';
import { type Ground, makeGround } from './ground.ts';

const grounds: Ground[] = [];
afterEach(() => {
  for (const ground of grounds.splice(0)) ground.close();
});

async function ground(change: (estate: EstateInput) => void = () => {}): Promise<Ground> {
  const estate = structuredClone(breachEstate());
  change(estate);
  const made = await makeGround({ estate });
  grounds.push(made);
  return made;
}

const password = { region: home, name: '/contractorlens/db/password' };
const host = { region: home, name: '/contractorlens/db/host' };
const secret = { secret: 'contractorlens/db' };

interface Kept {
  name: string;
  region: string;
  keyId: string;
  versions: { value: string }[];
}
const kept = ({ world }: Ground): Kept => {
  const { parameters } = world.snapshot().ssm as unknown as { parameters: Kept[] };
  return parameters.find(({ name, region }) => name === password.name && region === home) as Kept;
};

/** The secret has moved on: the parameter holds what was current before. */
const moved = (estate: EstateInput): void => {
  for (const one of estate.secrets?.secrets ?? []) {
    for (const version of one.versions) version.value = '{"username":"app","password":"simulated-new1"}';
  }
  for (const one of estate.ssm?.parameters ?? []) if (one.name === password.name) one.keyId = 'alias/contractorlens';
};

describe('ssm.set-parameter', () => {
  it('takes a secret from where it is kept, under the key that it had, and back, and shows it nowhere', async () => {
    const here = await ground(moved);
    const act = here.action('ssm.set-parameter');
    const input = { ...password, from_secret: secret };
    const plan = await act.plan(input, here.ctx({ purpose: 'plan' }));
    const there = await carry(act, input, here.ctx());
    expect(kept(here).versions.map(({ value }) => value)).toEqual(['simulated-7f3a91c2', 'simulated-new1']);
    expect(kept(here).keyId).toBe('alias/contractorlens');
    const back = act.restore(input, there.captured) ?? {};
    const undone = await carry(act, back, here.ctx());
    expect(undone.seen).toMatchObject({ state: 'done', output: { version: 3 } });
    expect(kept(here).versions.at(-1)?.value).toBe('simulated-7f3a91c2');
    const written = JSON.stringify([plan, there, back, undone, here.sent, here.world.audit()]);
    expect(written).not.toMatch(/simulated-7f3a91c2|simulated-new1/);
  });

  it('writes nothing anew that is so already', async () => {
    const here = await ground();
    const { seen } = await carry(here.action('ssm.set-parameter'), { ...password, from_secret: secret }, here.ctx());
    expect(seen).toMatchObject({ state: 'done', output: { version: 1 } });
    expect(here.world.audit().effects).toEqual([]);
  });

  it.each([
    ['a text in a SecureString', { ...password, value: 'new-secure-password' }, 'a SecureString'],
    ['a secret in plain text', { ...host, from_secret: secret }, 'a String'],
  ])('refuses %s', async (_what, input, found) => {
    const here = await ground();
    const { checks } = await here.action('ssm.set-parameter').plan(input, here.ctx());
    expect(checks.find(({ id }) => id === 'kind')).toMatchObject({ verdict: 'fail', found });
  });

  it('does not make up a parameter that is not there, nor a version', async () => {
    const here = await ground();
    const act = here.action('ssm.set-parameter');
    const made = await act.plan({ ...host, name: '/contractorlens/db/hots', value: 'a' }, here.ctx());
    expect(made.checks).toMatchObject([{ id: 'there', verdict: 'fail' }]);
    const kept = await act.plan({ ...host, version: 7 }, here.ctx());
    expect(kept.checks.find(({ id }) => id === 'version')).toMatchObject({ verdict: 'fail' });
  });
});

describe('ssm.check-parameters', () => {
  const input = { region: 'us-east-1', primary: home, path: '/contractorlens' };
  const verdicts = async (here: Ground, asked = {}) => {
    const { checks } = await here.action('ssm.check-parameters').plan({ ...input, ...asked }, here.ctx());
    return Object.fromEntries(checks.map(({ id, verdict, found }) => [id, `${verdict}: ${found}`]));
  };

  it('names what the recovery Region lacks', async () => {
    const here = await ground(({ ssm }) => {
      ssm?.parameters?.push({ region: home, name: '/contractorlens/gemini/key', type: 'SecureString', value: 'k' });
    });
    expect(await verdicts(here)).toMatchObject({ there: 'fail: not there: /contractorlens/gemini/key' });
    const seen = await here.action('ssm.check-parameters').observe(input, null, here.ctx());
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringContaining('/contractorlens/gemini/key') });
  });

  it('names what was set later in the primary Region', async () => {
    const here = await ground();
    const value = 'contractorlens-db-restored.c4d5e6.us-west-2.rds.amazonaws.com';
    await carry(here.action('ssm.set-parameter'), { ...host, value }, here.ctx());
    expect(await verdicts(here)).toMatchObject({ age: `fail: set later there: ${host.name}` });
  });

  it('finds by name what is there while the primary Region is dark, and knows no age', async () => {
    const here = await ground();
    here.world.setFault({ kind: 'region-dark', region: home });
    const found = await verdicts(here, { path: undefined, names: [host.name] });
    expect(found.there).toBe('pass: all of them');
    expect(found.age).toMatch(/^unknown: .*did not answer/);
    expect((await verdicts(here)).there).toMatch(/^unknown/);
  });

  it('does not take an empty path for parameters that are there', async () => {
    const here = await ground();
    expect(await verdicts(here, { path: '/nothing' })).toMatchObject({ there: 'fail: none under /nothing' });
  });
});

describe('ssm.read-parameter', () => {
  const read = async (here: Ground, input: Record<string, string>) => {
    const act = here.action('ssm.read-parameter');
    return { plan: await act.plan(input, here.ctx()), seen: await act.observe(input, null, here.ctx()) };
  };

  it('gives what the parameter holds, and foresees it in its plan', async () => {
    const { plan, seen } = await read(await ground(), host);
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(seen.output).toMatchObject({ value: expect.stringContaining('contractorlens'), version: 1 });
    expect(plan.foreseen).toEqual(seen.output);
  });

  it('fails where it holds another value than is expected, and says both', async () => {
    const { plan, seen } = await read(await ground(), { ...host, expected: 'elsewhere' });
    expect(plan.checks).toMatchObject([{ verdict: 'pass' }, { id: 'expected', verdict: 'fail' }]);
    expect(seen).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/expected elsewhere, found contractorlens/),
    });
  });

  it('decrypts no secret', async () => {
    const { plan, seen } = await read(await ground(), password);
    expect(plan.checks).toMatchObject([{ id: 'there', verdict: 'fail' }]);
    expect(plan.foreseen).toBeUndefined();
    expect(seen.state).toBe('failed');
  });
});
