import type { CloudCall, World, WorldView } from '../../src/sim/index.ts';

/** When the world itself had come to what each step waits for, on its own clock in milliseconds. */
export type Ready = Partial<Record<string, number>>;

export interface Watched {
  /** The world for Muster: every call to it is written down. */
  world: World;
  calls: { at: number; service: string; command: string; region: string }[];
  ready: Ready;
  stop(): void;
}

const lookEveryMs = 4;
const standby = 'us-west-2';

/** What the world must show for a step of the shipped failover; `replica` waits for nothing. */
const shows: Record<string, (view: WorldView) => boolean> = {
  scale: (view) => (serviceIn(view, standby)?.running ?? 0) >= 4,
  fence: (view) => isStopped(serviceIn(view, 'us-east-1')),
  promote: (view) => databaseIn(view)?.role === 'primary' && databaseIn(view)?.status === 'available',
  writable: (view) => databaseIn(view)?.acceptsWrites === true,
  healthy: (view) => (serviceIn(view, standby)?.targets.healthy ?? 0) >= 4,
  traffic: (view) => view.traffic.every(({ region, nextRegion }) => (nextRegion ?? region) === standby),
  serving: (view) => view.traffic.every(({ region }) => region === standby),
};

export function watchWorld(world: World, now: () => number): Watched {
  const calls: Watched['calls'] = [];
  const ready: Ready = {};
  const look = (): void => {
    const view = world.view();
    for (const [step, shown] of Object.entries(shows)) {
      if (ready[step] === undefined && shown(view)) ready[step] = Date.parse(view.now);
    }
  };
  const timer = setInterval(look, lookEveryMs);
  const call = (asked: CloudCall): ReturnType<World['call']> => {
    const { service, command, region } = asked;
    calls.push({ at: now(), service, command, region });
    return world.call(asked);
  };
  return { world: { ...world, call }, calls, ready, stop: () => clearInterval(timer) };
}

type Service = WorldView['regions'][number]['services'][number];

/** Tasks that drain or stop still run, and write. */
function isStopped(service: Service | undefined): boolean {
  return service?.running === 0 && service.draining === 0;
}

function serviceIn(view: WorldView, region: string): Service | undefined {
  return view.regions.find((one) => one.region === region)?.services[0];
}

function databaseIn(view: WorldView): WorldView['regions'][number]['databases'][number] | undefined {
  return view.regions.find((one) => one.region === standby)?.databases.find(({ id }) => id === 'dr-database');
}
