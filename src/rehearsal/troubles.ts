import { Refusal } from '../domain/errors.ts';
import { advice } from '../domain/nearest.ts';
import type { FaultInput } from '../sim/index.ts';
import { textIn, type Use, usesOfActions, type Ways } from './estate/uses.ts';

export interface Trouble {
  fault: FaultInput;
  sentence: string;
}

type Make = (ways: Ways) => Trouble | null;

const lateSeconds = 4 * 3_600;

const makers: Record<string, Make> = {
  'promotion-fails': (ways) =>
    ofReplica(ways, ['rds.promote-read-replica'], (at) => ({
      fault: { kind: 'promotion-fails', ...at },
      sentence: `The promotion of ${at.instance} ends in the status failed.`,
    })),
  'promotion-never-ends': (ways) =>
    ofReplica(ways, ['rds.promote-read-replica'], (at) => ({
      fault: { kind: 'promotion-never-ends', ...at },
      sentence: `The promotion of ${at.instance} goes on without an end.`,
    })),
  'replica-lag': (ways) =>
    ofReplica(ways, ['rds.check-replica', 'rds.promote-read-replica'], (at) => ({
      fault: { kind: 'replica-lag', ...at, seconds: lateSeconds },
      sentence: `${at.instance} is four hours behind its primary.`,
    })),
  'tasks-do-not-start': ({ there }) => {
    const use = usesOfActions(there, 'ecs.scale-service').find(({ input }) => input.count !== 0);
    const [region, cluster, service] = ['region', 'cluster', 'service'].map((field) =>
      use ? textIn(use, field) : null,
    );
    if (!region || !cluster || !service) return null;
    return {
      fault: { kind: 'tasks-do-not-start', region, cluster, service },
      sentence: `No new task of ${cluster}/${service} in ${region} starts.`,
    };
  },
};

export const troubleNames: readonly string[] = Object.keys(makers);

/** Throws `Refusal` for a name that is none, and for what cannot happen to this command. */
export function troublesOf(names: readonly string[], command: string, ways: Ways): Trouble[] {
  return [...new Set(names)].map((name) => {
    const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
    if (!make) throw new Refusal(`There is no trouble ${name}: ${advice(name, troubleNames)}`, 'trouble');
    const trouble = make(ways);
    if (trouble) return trouble;
    throw new Refusal(`${name} cannot happen to ${command}: no step of it does what would go wrong.`, 'trouble');
  });
}

/** Of the replica that one of these actions is for; null where no step uses one. */
function ofReplica(
  { there }: Ways,
  actions: readonly string[],
  make: (at: { region: string; instance: string }) => Trouble,
): Trouble | null {
  const use: Use | undefined = usesOfActions(there, ...actions)[0];
  const [region, instance] = ['region', 'instance'].map((field) => (use ? textIn(use, field) : null));
  return region && instance ? make({ region, instance }) : null;
}
