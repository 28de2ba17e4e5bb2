import { GetChangeCommand } from '@aws-sdk/client-route-53';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { reading, stated } from '../kit/reading.ts';
import { observeAnswers } from './dns.ts';
import type { RecordInput, RecordReceipt } from './record-input.ts';
import { isAsAsked, nameRecord, ownRecord, readRecords } from './records.ts';

type Seen = Observed<string[]>;

/** In sync, answered by the zone's own servers, and older answers gone from the caches that hold them. */
export async function observeRecord(input: RecordInput, receipt: RecordReceipt, ctx: KitContext): Promise<Seen> {
  const open = (await waitForSync(receipt, ctx)) ?? (await waitForRecord(input, ctx)) ?? waitForCaches(receipt, ctx);
  if (open) return open;
  const target = targetOf(input);
  return target === undefined ? { state: 'done', output: [] } : observeAnswers(input.name, target, ctx);
}

/** Where the name must lead; undefined where that is another record's to decide. */
function targetOf({ alias, values, type, set_identifier: set, to }: RecordInput): string | string[] | undefined {
  if (set !== undefined && to === undefined) return undefined;
  if (alias) return alias.dns_name;
  return type === 'CNAME' ? values?.[0] : values;
}

async function waitForSync({ change }: RecordReceipt, ctx: KitContext): Promise<Seen | undefined> {
  if (change === null) return undefined;
  const read = await reading(`Route 53 change ${change}`, async () =>
    stated((await ctx.aws.route53().send(new GetChangeCommand({ Id: change }))).ChangeInfo?.Status, 'a status'),
  );
  if (!read.ok) return notSeen(read, pace.service);
  const status = read.value;
  return status === 'INSYNC'
    ? undefined
    : { state: 'working', progress: `change is ${status}`, againInMs: pace.service };
}

async function waitForRecord(input: RecordInput, ctx: KitContext): Promise<Seen | undefined> {
  const read = await readRecords(input, ctx);
  if (!read.ok) return notSeen(read, pace.service);
  if (isAsAsked(input, ownRecord(read.value, input))) return undefined;
  return {
    state: 'failed',
    why: `The ${nameRecord(input)} is not as it was asked to be: somebody else has changed it.`,
  };
}

function waitForCaches({ at, wait_seconds: seconds }: RecordReceipt, { clock }: KitContext): Seen | undefined {
  const left = new Date(at).getTime() + seconds * 1_000 - clock.now().getTime();
  if (left <= 0) return undefined;
  const progress = `in sync; resolvers may keep the old answer for ${Math.ceil(left / 1_000)} s`;
  return { state: 'working', progress, againInMs: Math.min(left, pace.service) };
}
