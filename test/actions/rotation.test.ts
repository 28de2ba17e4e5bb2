import { afterEach, describe, expect, it } from '@jest/globals';
import { secretEffect } from '../../src/actions/kit/effect.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { acceptedBy, breachEstate, carry, home } from './breach.ts';
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

const of = {
  region: home,
  secret: 'contractorlens/db',
  database: 'contractorlens-db',
  connection: 'env:CONTRACTORLENS_DB',
};
const old = '00000000-0000-4000-8000-0000c10db001';

interface Held {
  versions: { id: string; value: string; stages: string[] }[];
}
const held = ({ world }: Ground): Held =>
  (world.snapshot().secrets as unknown as { secrets: Held[] }).secrets[0] as Held;
const passwords = (here: Ground): string[] =>
  held(here).versions.map(({ value }) => (JSON.parse(value) as { password: string }).password);
const stages = (here: Ground): string[][] => held(here).versions.map((one) => one.stages);
const letIn = async ({ world }: Ground, password: string): Promise<boolean> => {
  const input = { reference: of.connection, text: 'select 1 as one', values: [], login: { password } };
  return (await world.call({ service: 'sql', command: 'query', region: '', input })).ok;
};

/** The three steps of a rotation, each with what the one before it gave. */
async function rotateWhole(here: Ground): Promise<JsonObject[]> {
  const written: JsonObject[] = [];
  const run = async (name: string, input: JsonObject): Promise<JsonObject> => {
    const act = here.action(name);
    const ctx = here.ctx({ owner: `run_1/${name}` });
    const plan = await act.plan(input, here.ctx({ purpose: 'plan' }));
    const { captured, receipt, seen } = await carry(act, input, ctx);
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    const checks = await act.verify(input, seen.output, ctx);
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    written.push({ plan, captured, receipt, output: seen.output, checks } as unknown as JsonObject);
    return seen.output;
  };
  const { version } = await run('secrets.rotate', of);
  const { previous } = await run('secrets.publish', { ...of, version: version ?? null });
  await run('secrets.retire-previous', { ...of, version: previous ?? null });
  return written;
}

describe('a password that is rotated', () => {
  it('is new at the database and in the secret, and the old one opens nothing and is kept nowhere', async () => {
    const here = await ground();
    const [before = ''] = passwords(here);
    await rotateWhole(here);
    const [, now = ''] = passwords(here);
    expect(now).not.toBe(before);
    expect(await letIn(here, now)).toBe(true);
    expect(await letIn(here, before)).toBe(false);
    expect(stages(here)[0]).toEqual([]);
    expect(stages(here)[1]).toContain('AWSCURRENT');
  });

  it('is written down nowhere: neither planned, captured, answered, checked nor among what was sent', async () => {
    const here = await ground();
    const written = JSON.stringify([await rotateWhole(here), here.sent, here.world.audit(), here.world.view()]);
    for (const password of passwords(here)) expect(written).not.toContain(password);
  });
});

describe('secrets.rotate', () => {
  it('tells the database first: what is current in the secret stays so until it is published', async () => {
    const here = await ground();
    await carry(here.action('secrets.rotate'), of, here.ctx());
    expect(stages(here)).toEqual([['AWSCURRENT'], ['AWSPENDING']]);
    expect(await letIn(here, passwords(here)[1] ?? '')).toBe(true);
  });

  it('goes on with the value that it made, where it was cut off before the database was told', async () => {
    const here = await ground();
    const act = here.action('secrets.rotate');
    const captured = await act.capture(of, here.ctx());
    here.world.setFault({ kind: 'call', fails: 'timeout', command: 'ModifyDBInstance' });
    await expect(act.apply(of, 'token-1', captured, here.ctx())).rejects.toThrow(/not confirmed/);
    here.world.clearFaults();
    expect(await act.lookup(of, 'token-1', captured, here.ctx())).toEqual({ happened: false });
    expect((await act.plan(of, here.ctx())).noChange).toBe(false);
    await carry(act, of, here.ctx());
    expect(passwords(here)).toHaveLength(2);
    expect(await letIn(here, passwords(here)[1] ?? '')).toBe(true);
    expect(acceptedBy(here.world)).toEqual(['PutSecretValue', 'ModifyDBInstance', 'AddTagsToResource']);
  });

  it('does not take a database for safe that still lets the old password in', async () => {
    const here = await ground(({ databases }) => {
      for (const database of databases ?? []) delete database.password;
    });
    const act = here.action('secrets.rotate');
    const captured = await act.capture(of, here.ctx());
    const { version } = await act.apply(of, 'token-1', captured, here.ctx());
    const checks = await act.verify(of, { version: version ?? null }, here.ctx());
    expect(checks.find(({ id }) => id === 'old')).toMatchObject({ verdict: 'fail', found: 'it lets it in' });
  });

  it('waits for a database that is not available rather than send it anything', async () => {
    const here = await ground();
    here.world.setFault({ kind: 'database-status', region: home, instance: of.database, status: 'backing-up' });
    const { checks } = await here.action('secrets.rotate').plan(of, here.ctx());
    expect(checks.find(({ id }) => id === 'database')).toMatchObject({ verdict: 'fail', found: 'backing-up' });
  });

  it('never quotes a value that is refused', async () => {
    const refused = Object.assign(new Error("Value 'hunter2' failed to satisfy constraint"), {
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
    const sent = secretEffect('Setting it', () => Promise.reject(refused));
    await expect(sent).rejects.toThrow(/^Setting it was not confirmed: it was refused \(ValidationException\)\.$/);
  });
});

describe('secrets.publish', () => {
  it('publishes nothing that the database does not let in', async () => {
    const here = await ground(({ secrets }) => {
      secrets?.secrets?.[0]?.versions.push({
        id: `${old}x`,
        value: '{"password":"never-set"}',
        stages: ['AWSPENDING'],
      });
    });
    const asked = here.action('secrets.publish').capture({ ...of, version: `${old}x` }, here.ctx());
    await expect(asked).rejects.toThrow(/new password: .*refuses it\. Nothing was published/);
    expect(acceptedBy(here.world)).toEqual([]);
  });
});

describe('secrets.retire-previous', () => {
  it('gives up nothing that still opens the database', async () => {
    const here = await ground(({ secrets }) => {
      secrets?.secrets?.[0]?.versions.push({
        id: `${old}x`,
        value: '{"password":"simulated-7f3a91c2"}',
        stages: ['AWSPREVIOUS'],
      });
    });
    const asked = here.action('secrets.retire-previous').capture({ ...of, version: `${old}x` }, here.ctx());
    await expect(asked).rejects.toThrow(/old password: .*lets it in\. Nothing was given up/);
  });

  it('refuses what is current', async () => {
    const here = await ground();
    const { checks } = await here.action('secrets.retire-previous').plan({ ...of, version: old }, here.ctx());
    expect(checks).toMatchObject([{ verdict: 'fail', found: 'AWSCURRENT' }]);
  });
});
