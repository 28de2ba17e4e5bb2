import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { type BucketRef, nameBucket, readReplication, readVersioning, type Versioning } from './bucket.ts';
import { describeRules, isAsWanted, type ReplicationInput, wantedConfiguration } from './replication-input.ts';
import { oldRules } from './rules.ts';

/** Both buckets keep versions before there is a rule: S3 refuses it otherwise. */
export async function planReplication(input: ReplicationInput, ctx: KitContext): Promise<ActionPlan> {
  const source = { region: input.region, bucket: input.bucket };
  const destination = { region: input.destination_region, bucket: input.destination };
  const [now, from, to] = await Promise.all([
    readReplication(source, ctx),
    readVersioning(source, ctx),
    readVersioning(destination, ctx),
  ]);
  const names = { from: input.bucket, to: input.destination, role: input.role, prefix: input.prefix };
  const after = now.ok ? describeRules(wantedConfiguration(input, now.value)) : null;
  return {
    target: { region: input.region, resource: `s3:${input.bucket}` },
    before: { ...names, replicates: now.ok ? describeRules(now.value) : null },
    after: { ...names, replicates: after, existing_objects: 'are not replicated by this' },
    noChange: now.ok && isAsWanted(input, now.value) && keeps(from) && keeps(to),
    checks: [
      versioned('source', source, from),
      versioned('destination', destination, to),
      judgeReading(known, now, (value) => ({ pass: true, found: describeRules(value) })),
      ...(now.ok ? [formCheck(oldRules(now.value, input))] : []),
    ],
    estimateMs: usual.instant,
  };
}

const known: Question = { id: 'rules', title: 'rules of the bucket are known', expected: 'an answer', carry: 'never' };
const form: Question = { id: 'form', title: 'other rules have the present form', expected: 'all', carry: 'never' };

function versioned(id: string, ref: BucketRef, versioning: Reading<Versioning>): Check {
  const question: Question = { id, title: `${nameBucket(ref)} keeps versions`, expected: 'Enabled', carry: 'never' };
  return judgeReading(question, versioning, (value) => ({
    pass: value === 'Enabled',
    found:
      value === 'Enabled' ? value : `${value === 'never' ? 'never enabled' : value}: use s3.ensure-versioning first`,
  }));
}

function formCheck(old: readonly string[]): Check {
  const found = `${old.join(', ')} ${old.length === 1 ? 'has' : 'have'} the old form: rewrite with a filter first`;
  return judge(form, old.length === 0, old.length === 0 ? 'all' : found);
}

function keeps(versioning: Reading<Versioning>): boolean {
  return versioning.ok && versioning.value === 'Enabled';
}
