import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { orAbsent, type Reading } from '../kit/reading.ts';
import { brokenStatus, readInstance, sourceOf, statusOf } from './instance.ts';
import { type ReplicaInput, replicates } from './replica-input.ts';

/** Usual time until a replica of a middling database is there; a large one takes many hours. */
const hourMs = 3_600_000;

export async function planReplica(input: ReplicaInput, ctx: KitContext): Promise<ActionPlan> {
  const [replica, source] = await Promise.all([
    readInstance(input, ctx),
    readInstance({ region: input.source_region, instance: input.source }, ctx),
  ]);
  const found = orAbsent(replica);
  const present = found.ok ? found.value : undefined;
  return {
    target: { region: input.region, resource: `rds:${input.instance}` },
    before: {
      instance: input.instance,
      source: present ? sourceOf(present) : null,
      status: present ? statusOf(present) : null,
    },
    after: { instance: input.instance, source: `${input.source} in ${input.source_region}`, status: 'available' },
    noChange: present !== undefined && replicates(present, input) && !brokenStatus.test(statusOf(present)),
    checks: [checkName(input, found), ...checksOfSource(input, source)],
    estimateMs: hourMs,
  };
}

function checkName(input: ReplicaInput, read: Reading<DBInstance | undefined>): Check {
  const question: Question = {
    id: 'name',
    title: 'its name is free',
    expected: `no ${input.instance}, or a replica of ${input.source}`,
    carry: 'never',
  };
  return judgeReading(question, read, (found) => {
    if (found === undefined) return { pass: true, found: 'none' };
    const source = sourceOf(found);
    const pass = replicates(found, input) && !brokenStatus.test(statusOf(found));
    return {
      pass,
      found: `${input.instance}, ${statusOf(found)}, ${source === null ? 'standalone' : `a replica of ${source}`}`,
    };
  });
}

function checksOfSource(input: ReplicaInput, read: Reading<DBInstance>): Check[] {
  const ask = (id: string, title: string, expected: string): Question => ({ id, title, expected, carry: 'never' });
  const crosses = input.region !== input.source_region;
  return [
    judgeReading(ask('source', 'primary is up', 'an available instance that stands alone'), read, (source) => ({
      pass: statusOf(source) === 'available' && sourceOf(source) === null,
      found: `${statusOf(source)}, ${sourceOf(source) === null ? 'alone' : `a replica of ${sourceOf(source)}`}`,
    })),
    judgeReading(ask('backups', 'primary keeps backups', 'at least 1 day of automated backups'), read, (source) => ({
      pass: (source.BackupRetentionPeriod ?? 0) > 0,
      found: `${source.BackupRetentionPeriod ?? 0} days`,
    })),
    judgeReading(ask('key', 'key of the replica', 'a KMS key of its Region, where it is needed'), read, (source) => {
      const needed = crosses && source.StorageEncrypted === true;
      if (input.kms_key !== undefined) return { pass: true, found: input.kms_key };
      return {
        pass: !needed,
        found: needed ? 'none, though the primary is encrypted and in another Region' : 'none needed',
      };
    }),
  ];
}
