import type { DBSnapshot } from '@aws-sdk/client-rds';
import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { Reading } from '../kit/reading.ts';
import { regionOf, snapshotStatus } from './snapshots.ts';

/** A snapshot is read only once it is available, and of the instance that was meant. */
export function checkSnapshot(instance: string, read: Reading<DBSnapshot>): Check {
  const expected = `available, of ${instance}`;
  const question: Question = { id: 'snapshot', title: 'snapshot can be read', expected, carry: 'never' };
  return judgeReading(question, read, (snapshot) => ({
    pass: snapshotStatus(snapshot) === 'available' && snapshot.DBInstanceIdentifier === instance,
    found: `${snapshotStatus(snapshot)}, of ${snapshot.DBInstanceIdentifier ?? 'no instance named'}`,
  }));
}

/** KMS keys are of one Region: what is encrypted in one is encrypted anew for another. */
export function checkKey(
  input: { region: string; source: string; kms_key?: string | undefined },
  read: Reading<DBSnapshot>,
): Check {
  const question: Question = {
    id: 'key',
    title: 'key of the copy',
    expected: `a KMS key of ${input.region}, where the snapshot is encrypted`,
    carry: 'never',
  };
  const { kms_key: key } = input;
  const keyRegion = key?.startsWith('arn:') ? regionOf(key) : input.region;
  return judgeReading(question, read, ({ Encrypted: encrypted = true }) => {
    if (key !== undefined) return { pass: keyRegion === input.region, found: `${key}` };
    const stays = regionOf(input.source) === input.region;
    const pass = stays || !encrypted;
    return {
      pass,
      found: encrypted ? `encrypted, and no kms_key${stays ? ': the same key is kept' : ''}` : 'not encrypted',
    };
  });
}
