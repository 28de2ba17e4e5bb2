import { afterEach, describe, expect, it } from '@jest/globals';
import type { EstateInput } from '../../src/sim/index.ts';
import { acceptedBy, breachEstate, carry, home, instance } from './breach.ts';
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

const isolation = { region: home, instance, containment_group: 'sg-0c10contain', untrack_group: 'sg-0c10untrack' };
const group = { region: home, group: 'sg-0c10app' };

const call = async (
  { world }: Ground,
  command: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const answer = await world.call({ service: 'ec2', command, region: home, input });
  if (!answer.ok) throw new Error(answer.error.name);
  return answer.output;
};

describe('ec2.snapshot-evidence', () => {
  const input = { region: home, instance };

  it('says which volume could not be kept, and why', async () => {
    const here = await ground();
    here.world.setFault({ kind: 'volume-snapshot-fails', region: home, volume: 'vol-0c10ba5e00000002' });
    const { seen } = await carry(here.action('ec2.snapshot-evidence'), input, here.ctx());
    expect(seen).toMatchObject({ state: 'failed', why: expect.stringContaining('vol-0c10ba5e00000002') });
    expect(seen).toMatchObject({ why: expect.stringContaining('could not be read') });
  });

  it('tags what it keeps with its run and its step, and takes no other run’s for its own', async () => {
    const here = await ground();
    const act = here.action('ec2.snapshot-evidence');
    await carry(act, input, here.ctx());
    const { Snapshots } = await call(here, 'DescribeSnapshots', {});
    const tags = { 'muster:run': 'run_1', 'muster:step': 'run_1/step' };
    expect(Snapshots).toHaveLength(2);
    for (const { Tags } of Snapshots as { Tags: { Key: string; Value: string }[] }[]) {
      expect(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))).toEqual(tags);
    }
    const other = here.ctx({ owner: 'run_2/step' });
    expect((await act.plan(input, other)).noChange).toBe(false);
    expect(await act.lookup(input, 'token-1', await act.capture(input, other), other)).toEqual({ happened: false });
  });
});

describe('ec2.isolate-instance', () => {
  it('protects first, puts the untracking group on before the containing one, and takes the profile', async () => {
    const here = await ground();
    await carry(here.action('ec2.isolate-instance'), isolation, here.ctx());
    expect(acceptedBy(here.world)).toEqual([
      'ModifyInstanceAttribute',
      'ModifyNetworkInterfaceAttribute',
      'ModifyNetworkInterfaceAttribute',
      'DisassociateIamInstanceProfile',
    ]);
  });

  it('is not done while the profile is still leaving, for its credentials still come', async () => {
    const here = await ground();
    const act = here.action('ec2.isolate-instance');
    const receipt = await act.apply(isolation, 'token-1', await act.capture(isolation, here.ctx()), here.ctx());
    expect(await act.observe(isolation, receipt, here.ctx())).toMatchObject({
      state: 'working',
      progress: expect.stringContaining('instance-profile/contractorlens-jobs'),
    });
  });

  it('says that tracked connections stay, where nothing untracks them', async () => {
    const here = await ground();
    const { untrack_group: _, ...plain } = isolation;
    const { after, checks } = await here.action('ec2.isolate-instance').plan(plain, here.ctx());
    expect(after.open_connections).toMatch(/^tracked ones stay/);
    expect(checks.map(({ id }) => id)).not.toContain('untrack');
  });

  it.each([
    ['containment', { ...isolation, containment_group: 'sg-0c10app' }, '2 inbound and 1 outbound'],
    ['containment', { ...isolation, containment_group: 'sg-0c10nowhere' }, 'There is no security group'],
    ['untrack', { ...isolation, untrack_group: 'sg-0c10app' }, 'it does not'],
  ])('refuses a group that does not do its part: %s %#', async (id, input, found) => {
    const here = await ground();
    const { checks } = await here.action('ec2.isolate-instance').plan(input, here.ctx());
    const check = checks.find((one) => one.id === id);
    expect(check).toMatchObject({ verdict: 'fail', found: expect.stringContaining(found) });
  });

  it('refuses a containment group of another VPC', async () => {
    const here = await ground(({ ec2 }) => {
      for (const one of ec2?.securityGroups ?? []) if (one.id === 'sg-0c10contain') one.vpc = 'vpc-other';
    });
    const { checks } = await here.action('ec2.isolate-instance').plan(isolation, here.ctx());
    expect(checks.find(({ id }) => id === 'containment')).toMatchObject({ verdict: 'fail' });
  });

  it('does not know what an Auto Scaling group will do to it, and lets a person carry that', async () => {
    const here = await ground(({ ec2 }) => {
      for (const one of ec2?.instances ?? []) one.tags = { 'aws:autoscaling:groupName': 'jobs' };
    });
    const { checks } = await here.action('ec2.isolate-instance').plan(isolation, here.ctx());
    expect(checks.find(({ id }) => id === 'scaling')).toMatchObject({ verdict: 'unknown', carry: 'with-reason' });
  });
});

describe('ec2.lock-down-group', () => {
  it('goes on where somebody else has taken a rule away meanwhile', async () => {
    const here = await ground();
    const act = here.action('ec2.lock-down-group');
    const captured = await act.capture(group, here.ctx());
    here.world.setFault({ kind: 'call', fails: 'lost-answer', command: 'RevokeSecurityGroupIngress', times: 1 });
    const receipt = await act.apply(group, 'token-1', captured, here.ctx());
    expect(await act.observe(group, receipt, here.ctx())).toMatchObject({ state: 'done', output: { rules: 0 } });
  });

  it('puts every rule back as it was: source, ports, description', async () => {
    const here = await ground();
    const act = here.action('ec2.lock-down-group');
    const of = { ...group, group: 'sg-0c10alb' };
    const shown = async () =>
      ((await call(here, 'DescribeSecurityGroupRules', filter)).SecurityGroupRules as object[]).map((rule) => ({
        ...rule,
        SecurityGroupRuleId: null,
      }));
    const filter = { Filters: [{ Name: 'group-id', Values: ['sg-0c10alb', 'sg-0c10app'] }] };
    const before = await shown();
    for (const input of [of, group]) {
      const { captured } = await carry(act, input, here.ctx());
      const back = act.restore(input, captured) ?? {};
      await carry(act, back, here.ctx());
      await act.apply(back, 'token-1', captured, here.ctx());
    }
    const after = await shown();
    expect(after).toHaveLength(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('takes only the rules of the direction that it was asked for', async () => {
    const here = await ground();
    const act = here.action('ec2.lock-down-group');
    await carry(act, { ...group, direction: 'inbound' }, here.ctx());
    const { before } = await act.plan(group, here.ctx());
    expect(before.rules).toEqual(['outbound all to 0.0.0.0/0']);
  });

  it('does not take a group that does not exist for one without rules', async () => {
    const here = await ground();
    const act = here.action('ec2.lock-down-group');
    const { noChange, checks } = await act.plan({ ...group, group: 'sg-0c10nowhere' }, here.ctx());
    expect(noChange).toBe(false);
    expect(checks.find(({ id }) => id === 'group')).toMatchObject({ verdict: 'fail' });
    const seen = await act.observe({ ...group, group: 'sg-0c10nowhere' }, null, here.ctx());
    expect(seen.state).toBe('failed');
  });
});

describe('iam.disable-access-key', () => {
  it('finds no key of that id under another user', async () => {
    const here = await ground();
    const input = { user: 'somebody', access_key: 'AKIACONTRACTORLENS1' };
    const { checks, noChange } = await here.action('iam.disable-access-key').plan(input, here.ctx());
    expect(checks).toMatchObject([{ verdict: 'fail', found: expect.stringContaining('AKIACONTRACTORLENS1') }]);
    expect(noChange).toBe(false);
  });
});

describe('iam.revoke-sessions', () => {
  const input = { role: 'contractorlens-task' };
  const policyOf = async ({ world }: Ground, PolicyName: string): Promise<string> => {
    const call = { service: 'iam', command: 'GetRolePolicy', region: 'us-east-1' };
    const answer = await world.call({ ...call, input: { RoleName: input.role, PolicyName } });
    return answer.ok ? decodeURIComponent(String(answer.output.PolicyDocument)) : answer.error.name;
  };

  it('denies everything to sessions begun until it was sent, and to no later ones', async () => {
    const here = await ground();
    const { seen, receipt } = await carry(here.action('iam.revoke-sessions'), input, here.ctx());
    expect(seen).toMatchObject({ output: { policy: 'muster-revoked-sessions-1', before: receipt.at } });
    expect(JSON.parse(await policyOf(here, 'muster-revoked-sessions-1')).Statement).toEqual([
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': receipt.at } },
      },
    ]);
  });

  it('leaves what another run refuses, and takes away only its own', async () => {
    const here = await ground();
    const act = here.action('iam.revoke-sessions');
    await carry(act, input, here.ctx({ owner: 'run_old/revoke' }));
    const { captured } = await carry(act, input, here.ctx());
    await carry(act, act.restore(input, captured) ?? {}, here.ctx({ owner: 'run_undo/revoke' }));
    expect(await policyOf(here, 'muster-revoked-sessions-1')).toBe('NoSuchEntityException');
    expect(await policyOf(here, 'muster-revoked-sessions-old')).toContain('aws:TokenIssueTime');
  });

  it('refuses what has begun since an earlier step of the same run', async () => {
    const here = await ground();
    const act = here.action('iam.revoke-sessions');
    await carry(act, input, here.ctx());
    await here.clock.sleep(600_000);
    const later = here.ctx({ owner: 'run_1/again' });
    expect((await act.plan(input, later)).noChange).toBe(false);
    const { receipt, seen } = await carry(act, input, later);
    expect(seen).toMatchObject({ output: { before: receipt.at } });
    expect(await policyOf(here, 'muster-revoked-sessions-1')).toContain(receipt.at);
  });

  it('writes over nothing that somebody else keeps under that name', async () => {
    const here = await ground();
    await here.world.call({
      service: 'iam',
      command: 'PutRolePolicy',
      region: 'us-east-1',
      input: { RoleName: input.role, PolicyName: 'ours', PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' },
    });
    const { checks } = await here.action('iam.revoke-sessions').plan({ ...input, policy: 'ours' }, here.ctx());
    expect(checks.find(({ id }) => id === 'policy')).toMatchObject({ verdict: 'fail' });
  });
});
