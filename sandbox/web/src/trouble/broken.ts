import type { Fault } from '../../../../src/sim/world/fault.ts';
import { clockTime } from '../frame/times.ts';
import type { Person } from '../state/slices.ts';
import type { World } from '../world/facts.ts';
import { farEnds } from './far-ends.ts';
import type { FarEndFaults } from './types.ts';

/** Something that is broken now, and what is posted to mend it. */
export interface Broken {
  key: string;
  words: string;
  since: string | null;
  /** `word` stands on the button. */
  mend: { word: string; path: string; body: object };
}

export interface Whole {
  world: World;
  faults: FarEndFaults;
  people: readonly Person[];
}

/** Everything that is broken, in the cloud, around Muster and among people. */
export function brokenNow({ world, faults, people }: Whole): Broken[] {
  return [
    ...world.faults.filter(({ spent }) => !spent).map(cloudBroken),
    ...farEnds.flatMap(({ target }) => farEndBroken(target, faults)),
    ...asleep(people),
  ];
}

function cloudBroken({ id, since, fault }: World['faults'][number]): Broken {
  const word = fault.kind === 'region-dark' ? 'Bring back' : 'Mend';
  return { key: id, words: sayFault(fault), since, mend: { word, path: 'world/mend', body: { id } } };
}

export function sayFault(fault: Fault): string {
  switch (fault.kind) {
    case 'region-dark':
      return `${fault.region} is dark: it answers nobody`;
    case 'replica-lag':
      return `${fault.instance} is ${Math.round(fault.seconds / 60)} minutes behind`;
    case 'replication-broken':
      return `Replication to ${fault.instance} is broken`;
    case 'promotion-fails':
      return `Promoting ${fault.instance} fails`;
    case 'promotion-never-ends':
      return `Promoting ${fault.instance} never ends`;
    case 'database-status':
      return `${fault.instance} is ${fault.status}`;
    case 'tasks-do-not-start':
      return `${fault.cluster} starts no tasks`;
    case 'targets-unhealthy':
      return `Targets in ${fault.region} are unhealthy`;
    case 'call':
      return `${fault.command ?? 'Every call'}: ${sayCall[fault.fails]}`;
  }
}

const sayCall: Record<Extract<Fault, { kind: 'call' }>['fails'], string> = {
  error: 'refused with an error',
  timeout: 'no answer',
  'access-denied': 'access denied',
  throttling: 'throttled',
  'lost-answer': 'the answer is lost after the effect',
  garbage: 'answered without sense',
  slow: 'answered late',
};

function farEndBroken(target: keyof FarEndFaults, faults: FarEndFaults): Broken[] {
  const name = farEnds.find((one) => one.target === target)?.name ?? target;
  const { down, slowMs, lose } = faults[target];
  const one = (key: string, words: string, word: string, body: object): Broken => ({
    key: `${target}-${key}`,
    words,
    since: null,
    mend: { word, path: 'trouble', body: { target, ...body } },
  });
  const until = target === 'slack' ? faults.slack.rateLimitedUntil : null;
  return [
    ...(down === 'no' ? [] : [one('down', `${name} is down`, 'Bring back', { down: 'no' })]),
    ...(slowMs === 0 ? [] : [one('slow', `${name} answers ${slowMs / 1000} s late`, 'Mend', { slowMs: 0 })]),
    ...(lose.times === 0 ? [] : [one('lose', `${name} loses its next answer`, 'Call off', { lose: { times: 0 } })]),
    ...(until === null
      ? []
      : [one('limit', `${name} refuses every call until ${clockTime(until)}`, 'Lift', { rateLimitedSeconds: 0 })]),
  ];
}

function asleep(people: readonly Person[]): Broken[] {
  return people
    .filter((one) => one.asleep)
    .map(({ id, real_name: name }) => ({
      key: `asleep-${id}`,
      words: `💤 ${name} is asleep`,
      since: null,
      mend: { word: 'Wake', path: 'people/sleep', body: { user: id, asleep: false } },
    }));
}
