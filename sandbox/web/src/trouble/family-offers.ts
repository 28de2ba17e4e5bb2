import type { Region, World } from '../world/facts.ts';
import { lossesOf } from './lost.ts';
import type { Offer, OfferGroup } from './offers.ts';

/** How long before now what is corrupt or lost became so. */
const minutes = 30;

/** Whether databases are brought back from snapshots here, not by promotion. */
export function isRestored(regions: readonly Region[]): boolean {
  return regions.some(({ copiesOf }) => copiesOf.length > 0);
}

/** What can be broken of each family that the world has. What was deleted stays on the list while it is gone. */
export function familyOffers(world: World): OfferGroup[] {
  const { regions } = world;
  const more = isRestored(regions) || regions.some(({ tables, functions }) => tables.length + functions.length > 0);
  return [
    { title: 'Backups of databases', offers: isRestored(regions) ? regions.flatMap(backupOffers) : [] },
    { title: 'Images', offers: more ? regions.flatMap(imageOffers) : [] },
    { title: 'Tables', offers: [...lossesOf(world, 'table-lost'), ...regions.flatMap(tableOffers)] },
    { title: 'Functions', offers: [...lossesOf(world, 'functions-lost'), ...regions.flatMap(functionOffers)] },
    { title: 'Buckets', offers: [...lossesOf(world, 'bucket-lost'), ...regions.flatMap(bucketOffers)] },
    { title: 'Stacks', offers: regions.flatMap(stackOffers) },
    { title: 'Volumes', offers: regions.flatMap(volumeOffers) },
  ];
}

function backupOffers({ region, databases, copiesOf }: Region): Offer[] {
  const primaries = databases.filter(({ role }) => role === 'primary');
  return [
    ...primaries.flatMap(({ id: instance, tables }) =>
      tables.map(
        (table): Offer => ({
          label: `${table} of ${instance} lost 500 rows half an hour ago`,
          fault: { kind: 'rows-lost', region, instance, table, rows: 500, minutes },
        }),
      ),
    ),
    ...copiesOf.map(
      (instance): Offer => ({
        label: `Restoring ${instance} in ${region} fails`,
        fault: { kind: 'restore-fails', region, instance },
      }),
    ),
    ...primaries.map(
      ({ id: instance }): Offer => ({
        label: `Snapshots of ${instance} fail`,
        fault: { kind: 'snapshot-fails', region, instance },
      }),
    ),
  ];
}

/** Only where tasks run: of a service at rest nobody would see it. */
function imageOffers({ region, services }: Region): Offer[] {
  return services.flatMap(({ image, desired }): Offer[] => {
    if (image === null || desired === 0) return [];
    const name = image.split('/').at(-1);
    return [
      { label: `${name} ends soon after it starts`, fault: { kind: 'image-broken', region, image, how: 'exits' } },
      { label: `${name} cannot be pulled`, fault: { kind: 'image-broken', region, image, how: 'cannot-pull' } },
    ];
  });
}

function tableOffers({ region, tables }: Region): Offer[] {
  return tables.flatMap(({ name: table, written: [field] }): Offer[] => [
    ...(field === undefined
      ? []
      : [
          {
            label: `What was written to ${table} in the last half hour lacks ${field}`,
            fault: { kind: 'table-corrupt' as const, region, table, field, minutes },
          },
        ]),
    { label: `${table} is deleted`, fault: { kind: 'table-lost', region, table } },
    { label: `Restoring ${table} fails`, fault: { kind: 'table-restore-fails', region, table } },
    { label: `Restoring ${table} never ends`, fault: { kind: 'table-restore-never-ends', region, table } },
    { label: `Exporting ${table} fails`, fault: { kind: 'table-export-fails', region, table } },
  ]);
}

function functionOffers({ region, functions }: Region): Offer[] {
  const prefix = commonStart(functions.map(({ name }) => name));
  const all: Offer[] =
    prefix === ''
      ? []
      : [{ label: `Functions ${prefix}… are deleted`, fault: { kind: 'functions-lost', region, prefix } }];
  const each = functions.flatMap(({ name, sources }): Offer[] => [
    { label: `Updating ${name} fails`, fault: { kind: 'function-update-fails', region, function: name } },
    ...(sources.of === 0
      ? []
      : [
          {
            label: `Event sources of ${name} do not change`,
            fault: { kind: 'event-source-stuck' as const, region, function: name },
          },
        ]),
  ]);
  return [...all, ...each];
}

function bucketOffers({ region, buckets }: Region): Offer[] {
  return buckets.flatMap(({ name: bucket, replicatesTo, holdsExports }): Offer[] => [
    { label: `${bucket} is deleted`, fault: { kind: 'bucket-lost', bucket } },
    ...(replicatesTo.length === 0
      ? []
      : [
          { label: `Replication of ${bucket} is refused`, fault: { kind: 'replication-fails' as const, bucket } },
          { label: `Replication of ${bucket} stands still`, fault: { kind: 'replication-stalls' as const, bucket } },
        ]),
    ...(holdsExports
      ? [{ label: `Importing from ${bucket} fails`, fault: { kind: 'import-fails' as const, region, bucket } }]
      : []),
  ]);
}

function stackOffers({ region, stacks }: Region): Offer[] {
  return stacks.flatMap(({ name: stack, resources }) =>
    resources.map(
      (resource): Offer => ({
        label: `${resource} of ${stack} in ${region} fails`,
        fault: { kind: 'stack-fails', region, stack, resource },
      }),
    ),
  );
}

function volumeOffers({ region, instances }: Region): Offer[] {
  return instances.flatMap(({ name, volumes }) =>
    volumes.map(
      (volume): Offer => ({
        label: `Snapshots of ${volume} of ${name} fail`,
        fault: { kind: 'volume-snapshot-fails', region, volume },
      }),
    ),
  );
}

/** The longest beginning that all share; none where that is too short to mean anything. */
function commonStart([first = '', ...others]: readonly string[]): string {
  let end = first.length;
  while (others.some((name) => !name.startsWith(first.slice(0, end)))) end -= 1;
  return end < 3 ? '' : first.slice(0, end);
}
