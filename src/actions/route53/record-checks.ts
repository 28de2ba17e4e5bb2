import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { Reading } from '../kit/reading.ts';
import { aliasZoneOf } from './elb-zones.ts';
import type { RecordInput } from './record-input.ts';
import { ownRecord } from './records.ts';

export function checksOfRecord(input: RecordInput, read: Reading<ResourceRecordSet[]>): Check[] {
  return [checkZone(input, read), checkPolicy(input, read), ...(input.alias ? [checkAliasZone(input.alias)] : [])];
}

function checkZone(input: RecordInput, read: Reading<ResourceRecordSet[]>): Check {
  const question: Question = { id: 'zone', title: 'hosted zone answers', expected: 'an answer', carry: 'never' };
  if (!read.ok && read.fault === 'not-found')
    return judge(question, false, `There is no hosted zone ${input.zone_id}.`);
  return judgeReading(question, read, () => ({ pass: true, found: 'it answered' }));
}

/** Route 53 refuses a simple record beside routed ones; and a routed record's policy cannot be guessed. */
function checkPolicy(input: RecordInput, read: Reading<ResourceRecordSet[]>): Check {
  const { set_identifier: wanted } = input;
  const expected = wanted === undefined ? 'no routed record of this name and type' : `a routed record ${wanted}`;
  const question: Question = { id: 'policy', title: 'one routing policy', expected, carry: 'never' };
  return judgeReading(question, read, (records) => {
    const sets = records.flatMap(({ SetIdentifier }) => (SetIdentifier === undefined ? [] : [SetIdentifier]));
    const found =
      sets.length > 0 ? `routed records ${sets.join(', ')}` : `${records.length > 0 ? 'a simple' : 'no'} record`;
    return {
      pass: wanted === undefined ? sets.length === 0 : ownRecord(records, input) !== undefined || input.absent === true,
      found,
    };
  });
}

function checkAliasZone({ dns_name: name, zone_id: zone }: NonNullable<RecordInput['alias']>): Check {
  const right = aliasZoneOf(name);
  const expected = right ?? `the hosted zone of ${name}`;
  const question: Question = {
    id: 'alias-zone',
    title: "alias carries its target's zone",
    expected,
    carry: 'with-reason',
  };
  if (right === undefined) return notKnown(question, `${zone}: no table says which zone ${name} is in`);
  return judge({ ...question, carry: 'never' }, zone === right, zone);
}

export function describeRecord(record: ResourceRecordSet | undefined): string {
  if (record === undefined) return 'no record';
  if (record.AliasTarget) return `alias of ${record.AliasTarget.DNSName ?? 'nothing'}`;
  const values = (record.ResourceRecords ?? []).map(({ Value }) => Value ?? '').join(', ');
  return `${values} for ${record.TTL ?? 0} s`;
}
