import type { Estate, EstateInput } from '../../sim/index.ts';
import type { StandIn } from '../messages.ts';
import { balancersOf } from './balancers.ts';
import { databasesOf } from './databases.ts';
import { namesOf } from './names.ts';
import { servicesOf } from './services.ts';
import { refuseUnknown, standInsOf } from './stand-ins.ts';
import { type Rehearsed, usesOfActions, type Ways, waysOf } from './uses.ts';

/** The simulated cloud in which a command is rehearsed, made of what its steps name. */
export interface Derived {
  ways: Ways;
  estate: EstateInput;
  objects: { region: string; bucket: string; key: string }[];
  standIns: StandIn[];
  /** Whether it changes which database takes writes. */
  promotes: boolean;
  /** What no step and no line of muster.yml says, one sentence each. */
  assumed: string[];
}

const anyAccount = '123456789012';
const taskVcpu = 1_000;

/** The cloud that the home brings, or one made of what the steps name. Throws `Refusal`, in one sentence, for a command that it cannot show. */
export function deriveEstate(of: Rehearsed, brought?: Estate): Derived {
  const ways = waysOf(of);
  refuseUnknown(of.command.name, ways.there, brought !== undefined);
  return brought ? broughtBy(ways, brought) : madeOf(of, ways);
}

function broughtBy(ways: Ways, estate: Estate): Derived {
  return {
    ...{ ways, estate, objects: [], standIns: standInsOf(ways.there), promotes: promotesIn(ways) },
    assumed: [servedFrom(ways), 'Everything else stands as the cloud.yml of this home says.', ...laterOf(ways)],
  };
}

function madeOf(of: Rehearsed, ways: Ways): Derived {
  const account = Object.values(of.home.accounts)[0]?.id ?? anyAccount;
  const { databases, connections, assumed: ofDatabases } = databasesOf(ways);
  const { services, targetGroups, assumed: ofServices } = servicesOf(ways, account, databases);
  const balancers = balancersOf(ways, account, targetGroups);
  const names = namesOf(ways, balancers);
  const regions = [
    ...new Set([ways.regions.primary, ways.regions.recovery, ...names.buckets.map(({ region }) => region)]),
  ];
  return {
    ways,
    estate: {
      account,
      regions,
      databases,
      connections,
      services,
      targetGroups,
      balancers,
      zones: names.zones,
      healthChecks: names.healthChecks,
      buckets: names.buckets,
      quotas: regions.map(quotaOf),
    },
    objects: names.objects,
    standIns: standInsOf(ways.there),
    promotes: promotesIn(ways),
    assumed: [
      servedFrom(ways),
      ...ofDatabases,
      ...ofServices,
      ...names.assumed,
      ...laterOf(ways),
      `The Fargate quota of each Region is ${taskVcpu} vCPU.`,
    ],
  };
}

function promotesIn({ there }: Ways): boolean {
  return usesOfActions(there, 'rds.promote-read-replica').length > 0;
}

function servedFrom({ regions }: Ways): string {
  return `Everything is served from ${regions.active} at the beginning, as muster.yml designs it.`;
}

function quotaOf(region: string): Estate['quotas'][number] {
  return {
    region,
    service: 'fargate',
    code: 'L-3032A538',
    name: 'Fargate On-Demand vCPU resource count',
    value: taskVcpu,
  };
}

function laterOf({ there }: Ways): string[] {
  return there
    .filter(({ later }) => later.length > 0)
    .map(
      ({ step, later }) =>
        `What ${step} is given as ${later.join(' and ')} comes from an earlier step; the cloud was made without it.`,
    );
}
