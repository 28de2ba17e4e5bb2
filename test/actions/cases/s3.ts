import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Cases } from '../cases.ts';

const buckets = (): EstateInput => exampleCloud('flight-data', ['buckets']);

/** The example's buckets, one of them changed. */
function but(name: string, change: Partial<NonNullable<EstateInput['buckets']>[number]>): () => EstateInput {
  return () => {
    const estate = buckets();
    const changed = (estate.buckets ?? []).map((bucket) => (bucket.name === name ? { ...bucket, ...change } : bucket));
    return { ...estate, buckets: changed };
  };
}

const raw = { region: 'us-east-1', bucket: 'flightdata-raw' };
const copies = { destination_region: 'us-west-2', destination: 'flightdata-raw-backup-us-west-2' };
const role = 'arn:aws:iam::123456789012:role/flightdata-replication';
const back = {
  from_region: 'us-west-2',
  from: 'flightdata-raw-backup-us-west-2',
  region: 'us-east-1',
  bucket: 'flightdata-restored',
};

export const s3Cases: Cases = {
  effects: [
    {
      action: 's3.ensure-bucket',
      estate: buckets,
      instant: true,
      keeps: true,
      input: { region: 'us-west-2', bucket: 'flightdata-drill' },
      depends: 'us-west-2',
      bad: { input: { region: 'us-west-2', bucket: 'Flight Data' }, names: 'bucket' },
    },
    {
      action: 's3.ensure-versioning',
      estate: but('flightdata-backups-us-west-2', { versioning: 'Suspended' }),
      instant: true,
      input: { region: 'us-west-2', bucket: 'flightdata-backups-us-west-2' },
      depends: 'us-west-2',
      bad: { input: { region: 'us-west-2', bucket: 'flightdata-raw', status: 'on' }, names: 'status' },
    },
    {
      action: 's3.ensure-replication',
      estate: () => {
        const others = (buckets().buckets ?? []).filter(({ name }) => name !== raw.bucket);
        return { ...buckets(), buckets: [...others, { region: raw.region, name: raw.bucket, versioning: 'Enabled' }] };
      },
      instant: true,
      input: { ...raw, ...copies, role },
      depends: 'us-east-1',
      bad: { input: { ...raw, ...copies, role: 'replication-role' }, names: 'role' },
    },
    {
      action: 's3.copy-prefix',
      estate: () => ({
        ...buckets(),
        buckets: [...(buckets().buckets ?? []), { region: 'us-east-1', name: back.bucket }],
      }),
      keeps: true,
      input: { ...back },
      depends: 'us-west-2',
      bad: { input: { ...back, bucket: back.from }, names: 'bucket' },
    },
  ],
  readings: [
    {
      action: 's3.check-bucket',
      estate: buckets,
      input: { ...raw, minimum: 1_000, newest_within: '1h', versioned: true },
      depends: 'us-east-1',
      bad: { input: { ...raw, newest_within: 'a day' }, names: 'newest_within' },
    },
    {
      action: 's3.check-replication',
      estate: buckets,
      input: { ...raw, ...copies, at_least: 99 },
      depends: 'us-east-1',
      bad: { input: { ...raw, ...copies, at_least: 950 }, names: 'at_least' },
    },
  ],
};
