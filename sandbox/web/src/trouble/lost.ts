import type { Fault } from '../../../../src/sim/world/fault.ts';
import type { Region, World } from '../world/facts.ts';
import type { Offer } from './offers.ts';

/** Faults that are still to be seen: neither spent, nor made good although nobody called them off. */
export function standingFaults(world: World): World['faults'] {
  return world.faults.filter(({ spent, fault }) => !spent && !isMadeGood(world, fault));
}

/** Deletions that still stand, to be called off: what they took is in no other list. */
export function lossesOf(world: World, kind: Loss['kind']): Offer[] {
  return standingFaults(world).flatMap(({ fault }) =>
    fault.kind === kind && isLoss(fault) ? [{ label: sayLoss(fault), fault }] : [],
  );
}

function sayLoss(fault: Loss): string {
  return fault.kind === 'functions-lost' ? `Functions ${fault.prefix}… are deleted` : `${nameOf(fault)} is deleted`;
}

function nameOf(fault: Exclude<Loss, { kind: 'functions-lost' }>): string {
  switch (fault.kind) {
    case 'table-lost':
      return fault.table;
    case 'bucket-lost':
      return fault.bucket;
    case 'database-lost':
      return fault.instance;
    case 'service-lost':
      return fault.service;
    case 'record-lost':
      return fault.name;
  }
}

const losses = ['table-lost', 'functions-lost', 'bucket-lost', 'database-lost', 'service-lost', 'record-lost'] as const;
type Loss = Extract<Fault, { kind: (typeof losses)[number] }>;

/** Whether mending a fault brings nothing back: what it took away has to be restored. */
export function isLoss(fault: Fault): fault is Loss {
  return losses.some((kind) => kind === fault.kind);
}

/** What was deleted is there again, under its name. */
function isMadeGood({ regions }: World, fault: Fault): boolean {
  return isLoss(fault) && regions.some((region) => holds(region, fault));
}

function holds({ region, tables, functions, buckets, databases, services }: Region, loss: Loss): boolean {
  switch (loss.kind) {
    case 'table-lost':
      return region === loss.region && tables.some(({ name }) => name === loss.table);
    case 'functions-lost':
      return region === loss.region && functions.some(({ name }) => name.startsWith(loss.prefix));
    case 'bucket-lost':
      return buckets.some(({ name }) => name === loss.bucket);
    case 'database-lost':
      return region === loss.region && databases.some(({ id }) => id === loss.instance);
    case 'service-lost':
      return region === loss.region && services.some(({ name }) => name === loss.service);
    case 'record-lost':
      return false;
  }
}
