import { systemClock } from '../../src/clock/system-clock.ts';
import type { Home } from '../../src/domain/home.ts';
import { createStsEndpoint } from '../../src/sim/index.ts';
import { serve } from '../wire/serve.ts';

/** Keys with which one person signs: made for the sandbox, good nowhere else. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  arn: string;
}

export interface SimulatedSts {
  url: string;
  /** By the person's name in muster.yml; those whose `iam` is a user of that name. */
  credentials: Record<string, Credentials>;
  stop(): Promise<void>;
}

/** The identity service, by real time: clients sign with their machine's clock. */
export async function startSts(home: Home): Promise<SimulatedSts> {
  const account = accountOf(home);
  const served = await serve(createStsEndpoint({ clock: systemClock, account }));
  const people = Object.entries(home.people).flatMap(([name, { iam }]) => {
    if (iam !== `arn:aws:iam::${account}:user/${name}`) return [];
    const keys = { accessKeyId: `AKIASIM${name.toUpperCase()}`, secretAccessKey: `simulated-${name}`, arn: iam };
    return [[name, keys] as const];
  });
  return { url: served.url, credentials: Object.fromEntries(people), stop: served.stop };
}

function accountOf(home: Home): string {
  const first = Object.values(home.people).find((person) => person.iam !== undefined);
  return first?.iam?.split(':')[4] ?? '123456789012';
}
