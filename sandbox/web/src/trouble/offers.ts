import type { Fault, FaultInput } from '../../../../src/sim/world/fault.ts';
import type { World } from '../world/facts.ts';
import { familyOffers, isRestored } from './family-offers.ts';
import { standingFaults } from './lost.ts';

/** Something in the simulated cloud that can be broken. */
export interface Offer {
  label: string;
  fault: FaultInput;
}

export interface OfferGroup {
  title: string;
  offers: Offer[];
  /** Why there is nothing to break. */
  none?: string;
  /** One of many: out of sight until it is asked for. */
  folded?: boolean;
}

const twoHours = 7200;

/** What a failover meets first; what else the world has is folded, family by family. */
export function offersIn(world: World): OfferGroup[] {
  const groups: OfferGroup[] = [
    { title: 'Regions', offers: world.regions.map(({ region }) => regionOffer(region)) },
    databasesIn(world),
    { title: 'Tasks and calls', offers: [...world.regions.flatMap(serviceOffers), ...callOffers(world)] },
    ...familyOffers(world).map((group) => ({ ...group, folded: true })),
  ];
  return groups
    .filter(({ offers, none }) => offers.length > 0 || none !== undefined)
    .map((group) => ({ ...group, offers: tellApart(group.offers) }));
}

/** What is called the same in two Regions is named with its Region. */
function tellApart(offers: readonly Offer[]): Offer[] {
  return offers.map((offer) => {
    const same = offers.filter(({ label }) => label === offer.label);
    const region = 'region' in offer.fault ? offer.fault.region : undefined;
    return same.length < 2 || region === undefined ? offer : { ...offer, label: `${offer.label} (${region})` };
  });
}

/** A replica that was promoted is none any more, and only replicas can be broken. */
function databasesIn({ regions }: World): OfferGroup {
  const offers = regions.flatMap(replicaOffers);
  const title = 'Databases';
  const bare = regions.every(({ databases }) => databases.length === 0);
  if (offers.length > 0 || bare || isRestored(regions)) return { title, offers };
  const none =
    'Replication and promotion can be broken while there is a replica: one that was promoted is none any more. ' +
    'To begin anew, press Ctrl-C where the sandbox runs and type npm start.';
  return { title, offers, none };
}

function callOffers({ regions }: World): Offer[] {
  const lost = (what: string, service: string, command: string): Offer => ({
    label: `The ${what} takes effect, but its answer is lost`,
    fault: { kind: 'call', fails: 'lost-answer', service, command, times: 1 },
  });
  const has = (of: 'databases' | 'tables') => regions.some((region) => region[of].length > 0);
  return [
    { label: 'Every call is throttled', fault: { kind: 'call', fails: 'throttling' } },
    ...(has('databases') && !isRestored(regions) ? [lost('promotion', 'rds', 'PromoteReadReplica')] : []),
    ...(isRestored(regions) ? [lost('restore of a snapshot', 'rds', 'RestoreDBInstanceFromDBSnapshot')] : []),
    ...(has('tables') ? [lost('restore of a table', 'dynamodb', 'RestoreTableToPointInTime')] : []),
  ];
}

function serviceOffers({ region, services }: World['regions'][number]): Offer[] {
  return services.map(({ cluster, name: service }) => ({
    label: `${cluster} starts no tasks`,
    fault: { kind: 'tasks-do-not-start', region, cluster, service },
  }));
}

function regionOffer(region: string): Offer {
  return { label: `${region} goes dark`, fault: { kind: 'region-dark', region } };
}

function replicaOffers({ region, databases }: World['regions'][number]): Offer[] {
  return databases
    .filter(({ role }) => role === 'replica')
    .flatMap(({ id: instance }): Offer[] => [
      { label: `${instance} is two hours behind`, fault: { kind: 'replica-lag', region, instance, seconds: twoHours } },
      { label: `Replication to ${instance} is broken`, fault: { kind: 'replication-broken', region, instance } },
      { label: `Promoting ${instance} fails`, fault: { kind: 'promotion-fails', region, instance } },
      { label: `Promoting ${instance} never ends`, fault: { kind: 'promotion-never-ends', region, instance } },
    ]);
}

/** The fault in force that an offer is; undefined while it is whole. */
export function inForce(world: World, { fault }: Offer): World['faults'][number] | undefined {
  const standing = standingFaults(world);
  return standing.find((set) => Object.entries(fault).every(([name, value]) => at(set.fault, name) === value));
}

function at(fault: Fault, name: string): unknown {
  return Object.entries(fault).find(([key]) => key === name)?.[1];
}
