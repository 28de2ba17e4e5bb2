import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { instant, label } from '../kit/fields.ts';
import { nameFor } from '../kit/owner.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, type Reading } from '../kit/reading.ts';
import { deleteRevocation, putRevocation, type Revocation, readRevocation, readRole } from './revocation.ts';

const sessions = z.enum(['revoked', 'allowed']);

const Input = z.strictObject({
  role: label.describe('IAM role whose sessions end: everybody and everything that has taken it on.'),
  sessions: sessions.default('revoked').describe('`allowed` takes the refusal away again.'),
  policy: label.optional().describe('Name of the inline policy that refuses them; one of the run if absent.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  policy: z.string().describe('Inline policy of the role.'),
  before: instant.nullable().describe('Sessions begun before this are refused; null where none are.'),
});

export const revokeSessions = defineEffect({
  name: 'iam.revoke-sessions',
  version: 1,
  summary: 'Refuse every session of a role that has begun until now',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, policy: label, sessions }),
  receipt: z.strictObject({ at: instant }),
  binds: ['role', 'sessions'],
  checks: ['the role is there', 'no policy of somebody else goes by the name that is to be used'],
  iam: {
    read: ['iam:GetRole', 'iam:GetRolePolicy'],
    effect: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
  },
  plane: { kind: 'control', region: 'us-east-1' },
  undo: {
    possible: true,
    how: 'Removes the policy: sessions that are still within their time work again.',
  },
  defaultTimeout: '5m',
  plan,
  async capture(input, ctx) {
    const now = need(await readNow(input, ctx));
    return { at: ctx.clock.now().toISOString(), policy: policyOf(input, ctx), sessions: sessionsIn(now) };
  },
  async apply(input, { captured }, ctx) {
    const at = ctx.clock.now().toISOString();
    const ref = { role: input.role, policy: captured.policy };
    if (input.sessions === 'revoked') await putRevocation(ref, at, ctx);
    else await deleteRevocation(ref, ctx);
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readNow({ ...input, policy: captured.policy }, ctx);
    if (!now.ok) return unknowable(now);
    const so = isSo(input, now.value) && (now.value.state !== 'revoked' || now.value.before >= captured.at);
    return so ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  // Whenever it was that they were revoked.
  unchanged: () => ({ at: new Date(0).toISOString() }),
  async observe(input, receipt, ctx) {
    const now = await readNow(input, ctx);
    if (!now.ok && now.fault === 'not-found') return { state: 'failed', why: now.sentence, cause: now.fault };
    if (!now.ok) return notSeen(now, pace.service);
    const isOlder = now.value.state === 'revoked' && now.value.before < receipt.at;
    if (!isSo(input, now.value) || isOlder)
      return { state: 'working', progress: sayNow(now.value), againInMs: pace.service };
    const before = now.value.state === 'revoked' ? now.value.before : null;
    return { state: 'done', output: { policy: policyOf(input, ctx), before } };
  },
  restore: (input, captured) => ({ role: input.role, sessions: captured.sessions, policy: captured.policy }),
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const { role, sessions: wanted } = input;
  const [there, now] = await Promise.all([readRole(role, ctx), readNow(input, ctx)]);
  const question: Question = { id: 'role', title: 'role is there', expected: 'an IAM role', carry: 'never' };
  const programs =
    wanted === 'revoked'
      ? {
          programs: 'those that run with it, such as tasks, lose access until they take the role on anew: restart them',
        }
      : {};
  return {
    target: { region: 'us-east-1', resource: `iam:role/${role}` },
    before: { role, ...(now.ok ? { sessions: sessionsIn(now.value) } : {}) },
    after: { role, sessions: wanted, ...programs },
    // Sessions may have begun since they were revoked last, by an earlier step of this run.
    noChange: wanted === 'allowed' && now.ok && isSo(input, now.value),
    checks: [judgeReading(question, there, (found) => ({ pass: true, found })), checkName(now)],
    estimateMs: usual.instant,
  };
}

function checkName(now: Reading<Revocation>): Check {
  const question: Question = {
    id: 'policy',
    title: 'name of the policy is free',
    expected: 'none, or one that revokes sessions',
    carry: 'never',
  };
  if (!now.ok && now.fault === 'not-found') return judge(question, true, 'none');
  return judgeReading(question, now, (found) => ({ pass: found.state !== 'foreign', found: sayNow(found) }));
}

async function readNow(input: In, ctx: KitContext): Promise<Reading<Revocation>> {
  const [role, now] = await Promise.all([
    readRole(input.role, ctx),
    readRevocation({ role: input.role, policy: policyOf(input, ctx) }, ctx),
  ]);
  return role.ok ? now : role;
}

/** One for each run: an older one, of another run, goes on refusing what it refused. */
function policyOf({ policy }: In, ctx: KitContext): string {
  return policy ?? nameFor(ctx.owner, 'muster', 'revoked-sessions', 128);
}

function sessionsIn({ state }: Revocation): z.output<typeof sessions> {
  return state === 'revoked' ? 'revoked' : 'allowed';
}

function isSo({ sessions: wanted }: In, now: Revocation): boolean {
  return now.state === (wanted === 'revoked' ? 'revoked' : 'absent');
}

function sayNow(now: Revocation): string {
  if (now.state === 'revoked') return `sessions begun before ${now.before} are refused`;
  return now.state === 'absent' ? 'none' : 'a policy of that name that says something else';
}
