import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { listed, readAddresses } from './dns.ts';
import { checksOfRecord, describeRecord } from './record-checks.ts';
import { RecordCaptured, RecordInput, RecordOutput, RecordReceipt } from './record-input.ts';
import { observeRecord } from './record-observe.ts';
import {
  capturedRecord,
  changeRecord,
  isAsAsked,
  nameRecord,
  ownRecord,
  readRecords,
  wantedRecord,
} from './records.ts';

/** What resolvers keep of an alias to a load balancer, which has no TTL of its own. Source: Route 53 Developer Guide. */
const aliasTtl = 60;
/** Until the name servers have a change whose id is lost, so that Route 53 cannot be asked about it. */
const propagation = 60;

export const upsertRecord = defineEffect({
  name: 'route53.upsert-record',
  version: 1,
  summary: 'Write a DNS record: only where no data-plane switch will do, for it needs us-east-1',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'latching',
  input: RecordInput,
  output: RecordOutput,
  captured: RecordCaptured,
  receipt: RecordReceipt,
  binds: ['record', 'value', 'to'],
  checks: [
    'the hosted zone answers',
    "the record's routing policy stays what it is: no simple record beside routed ones",
    "an alias carries the hosted zone of its target's Region",
    'the name servers answer',
  ],
  iam: {
    read: ['route53:ListResourceRecordSets', 'route53:GetChange'],
    effect: ['route53:ChangeResourceRecordSets'],
  },
  plane: { kind: 'control', region: 'us-east-1' },
  undo: { possible: true, how: 'Writes the record as it was before, or removes it if there was none.' },
  defaultTimeout: '10m',
  plan: planRecord,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const record = capturedRecord(ownRecord(need(await readRecords(input, ctx)), input));
    return { at, record, active: ctx.regions.active };
  },
  async apply(input, { token, captured }, ctx) {
    const now = ownRecord(need(await readRecords(input, ctx)), input);
    const at = ctx.clock.now().toISOString();
    return { at, change: await changeRecord(input, now, token, ctx), wait_seconds: ttlOf(captured) };
  },
  async lookup(input, { captured }, ctx) {
    const read = await readRecords(input, ctx);
    if (!read.ok) return unknowable(read);
    if (!isAsAsked(input, ownRecord(read.value, input))) return { happened: false };
    const at = ctx.clock.now().toISOString();
    return { happened: true, receipt: { at, change: null, wait_seconds: propagation + ttlOf(captured) } };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString(), change: null, wait_seconds: 0 }),
  async observe(input, receipt, ctx) {
    const seen = await observeRecord(input, receipt, ctx);
    return seen.state === 'done'
      ? { state: 'done', output: { region: input.to ?? null, answered: seen.output } }
      : seen;
  },
  verify: verifyRecord,
  restore({ zone_id, name, type, set_identifier, to }, { record, active }) {
    const place = { zone_id, name, type, ...(set_identifier === undefined ? {} : { set_identifier }) };
    const back = to === undefined ? {} : { to: active };
    return record === null ? { ...place, absent: true as const, ...back } : { ...place, ...record, ...back };
  },
});

async function planRecord(input: RecordInput, ctx: KitContext): Promise<ActionPlan> {
  const read = await readRecords(input, ctx);
  const now = read.ok ? ownRecord(read.value, input) : undefined;
  const record = nameRecord(input);
  return {
    target: { region: 'us-east-1', resource: `route53:${input.zone_id}/${input.name}/${input.type}` },
    before: read.ok ? { record, value: describeRecord(now) } : { record },
    after: { record, value: describeRecord(input.absent ? undefined : wantedRecord(input, now)), to: input.to ?? null },
    noChange: read.ok && isAsAsked(input, now),
    checks: [...checksOfRecord(input, read), await checkChanges(input, read.ok ? now : undefined, ctx)],
    estimateMs: 2 * usual.minute,
  };
}

/** The name's own servers are what tells whether traffic has moved, so they must answer before it does. */
async function checkChanges(input: RecordInput, now: ResourceRecordSet | undefined, ctx: KitContext): Promise<Check> {
  const question: Question = { id: 'name', title: 'name servers answer', expected: 'an answer', carry: 'with-reason' };
  if (now === undefined) return { ...question, verdict: 'pass', found: 'no record yet' };
  const read = await readAddresses(input.name, ctx);
  return judgeReading(question, read, (addresses) => ({ pass: true, found: listed(addresses) }));
}

async function verifyRecord(input: RecordInput, _output: unknown, ctx: KitContext): Promise<Check[]> {
  const question: Question = {
    id: 'record',
    title: 'record is as asked',
    expected: 'what was written',
    carry: 'never',
  };
  const read = await readRecords(input, ctx);
  return [
    judgeReading(question, read, (records) => {
      const now = ownRecord(records, input);
      return { pass: isAsAsked(input, now), found: describeRecord(now) };
    }),
  ];
}

function ttlOf({ record }: { record: { alias?: object | undefined; ttl?: number | undefined } | null }): number {
  if (record === null) return 0;
  return record.alias ? aliasTtl : (record.ttl ?? 0);
}
