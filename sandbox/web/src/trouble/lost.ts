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
  if (fault.kind === 'table-lost') return `${fault.table} is deleted`;
  return fault.kind === 'bucket-lost' ? `${fault.bucket} is deleted` : `Functions ${fault.prefix}… are deleted`;
}

type Loss = Extract<Fault, { kind: 'table-lost' | 'functions-lost' | 'bucket-lost' }>;

/** Whether mending a fault brings nothing back: what it took away has to be restored. */
export function isLoss(fault: Fault): fault is Loss {
  const { kind } = fault;
  return kind === 'table-lost' || kind === 'functions-lost' || kind === 'bucket-lost';
}

/** What was deleted is there again, under its name. */
function isMadeGood({ regions }: World, fault: Fault): boolean {
  return isLoss(fault) && regions.some((region) => holds(region, fault));
}

function holds({ region, tables, functions, buckets }: Region, loss: Loss): boolean {
  switch (loss.kind) {
    case 'table-lost':
      return region === loss.region && tables.some(({ name }) => name === loss.table);
    case 'functions-lost':
      return region === loss.region && functions.some(({ name }) => name.startsWith(loss.prefix));
    case 'bucket-lost':
      return buckets.some(({ name }) => name === loss.bucket);
  }
}
