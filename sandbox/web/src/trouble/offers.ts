import type { Fault, FaultInput } from '../../../../src/sim/world/fault.ts';
import type { World } from '../world/facts.ts';

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
}

const twoHours = 7200;

export function offersIn(world: World): OfferGroup[] {
  const groups: OfferGroup[] = [
    { title: 'Regions', offers: world.regions.map(({ region }) => regionOffer(region)) },
    databasesIn(world),
    { title: 'Tasks and calls', offers: [...world.regions.flatMap(serviceOffers), ...callOffers] },
  ];
  return groups.filter(({ offers, none }) => offers.length > 0 || none !== undefined);
}

/** A replica that was promoted is none any more, and only replicas can be broken. */
function databasesIn({ regions }: World): OfferGroup {
  const offers = regions.flatMap(replicaOffers);
  const title = 'Databases';
  if (offers.length > 0 || regions.every(({ databases }) => databases.length === 0)) return { title, offers };
  const none =
    'Replication and promotion can be broken while there is a replica: one that was promoted is none any more. ' +
    'To begin anew, press Ctrl-C where the sandbox runs and type npm start.';
  return { title, offers, none };
}

const callOffers: readonly Offer[] = [
  { label: 'Every call is throttled', fault: { kind: 'call', fails: 'throttling' } },
  {
    label: 'The promotion takes effect, but its answer is lost',
    fault: { kind: 'call', fails: 'lost-answer', service: 'rds', command: 'PromoteReadReplica', times: 1 },
  },
];

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
  const standing = world.faults.filter(({ spent }) => !spent);
  return standing.find((set) => Object.entries(fault).every(([name, value]) => at(set.fault, name) === value));
}

function at(fault: Fault, name: string): unknown {
  return Object.entries(fault).find(([key]) => key === name)?.[1];
}
