import type { Home } from '../src/domain/home.ts';
import type { Clock } from '../src/domain/ports/clock.ts';
import { createWorld, type EstateInput, serveWorld, type World } from '../src/sim/index.ts';
import { type SimulatedMail, startMail } from './mail/start.ts';
import { type Granted, readManifest } from './manifest.ts';
import { type SimulatedPager, startPager } from './pager/start.ts';
import { type SimulatedSlack, startSlack } from './slack/start.ts';
import { type SimulatedStatuspage, startStatuspage } from './statuspage/start.ts';
import { type SimulatedSts, startSts } from './sts/start.ts';
import { serve } from './wire/serve.ts';

export interface FarEndsOptions {
  home: Home;
  /** The clock of the simulated world; what hands and machines do (triggers, signatures) goes by real time. */
  clock: Clock;
  /** What Slack gives the app; the project's manifest.yml says it when this does not. */
  granted?: Granted;
  /** The simulated cloud that the home brings. */
  cloud: EstateInput;
  /** Members of Slack user groups, by group id. */
  groups?: Record<string, string[]>;
  /** Off lets tests go as fast as they can. */
  rateLimits?: boolean;
}

export interface FarEnds {
  slack: SimulatedSlack;
  statuspage: SimulatedStatuspage;
  mail: SimulatedMail;
  pager: SimulatedPager;
  /** `url` is for `remoteWorld`. */
  world: { url: string; world: World };
  sts: SimulatedSts;
  stop(): Promise<void>;
}

/** Every simulated far end on a loopback port of its own, all in this process. */
export async function startFarEnds(options: FarEndsOptions): Promise<FarEnds> {
  const { home, clock, rateLimits = true } = options;
  const granted = options.granted ?? (await readManifest());
  const now = () => clock.now();
  const scale = () => clock.scale;
  const groups = options.groups ? { groups: options.groups } : {};
  const slack = await startSlack({ home, ...granted, ...groups, rateLimits, now, scale });
  const statuspage = await startStatuspage({ home, rateLimit: rateLimits, now, scale });
  const mail = await startMail({ now });
  const pager = await startPager({ now });
  const world = createWorld({ clock, estate: options.cloud });
  const cloud = await serve(serveWorld(world));
  const sts = await startSts(home);
  return {
    slack,
    statuspage,
    mail,
    pager,
    world: { url: cloud.url, world },
    sts,
    stop: async () => {
      await Promise.all([slack, statuspage, mail, pager, cloud, sts].map((end) => end.stop()));
    },
  };
}
