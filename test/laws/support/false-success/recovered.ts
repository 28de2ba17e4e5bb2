import type { World } from '../../../../src/sim/index.ts';

/** What a recovery means, as the world itself knows it. */
export const recovery = [
  'promoted',
  'tasks run',
  'targets are healthy',
  'people are led there',
  'people are answered',
  'fenced',
] as const;
export type Recovered = (typeof recovery)[number];

/** What holds of a recovery to us-west-2 in this world now. */
export async function readRecovered(world: World): Promise<Recovered[]> {
  const { regions, traffic } = world.view();
  const [east, west] = ['us-east-1', 'us-west-2'].map((name) => regions.find(({ region }) => region === name));
  const database = west?.databases.find(({ id }) => id === 'dr-database');
  const url = 'https://api.dr.example.com/health';
  const page = await world.call({ service: 'http', command: 'get', region: '', input: { url, timeoutMs: 5_000 } });
  const holds: Record<Recovered, boolean> = {
    promoted: database?.role === 'primary' && database.acceptsWrites,
    'tasks run': (west?.services[0]?.running ?? 0) >= 4,
    'targets are healthy': (west?.services[0]?.targets.healthy ?? 0) >= 4,
    'people are led there': traffic.every(({ region }) => region === 'us-west-2'),
    'people are answered': page.ok && page.output.status === 200,
    fenced: east?.services[0]?.running === 0,
  };
  return recovery.filter((name) => holds[name]);
}
