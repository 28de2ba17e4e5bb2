import type { Fault } from '../../../../src/sim/world/fault.ts';
import { clockTime } from '../frame/times.ts';
import type { Person } from '../state/slices.ts';
import type { World } from '../world/facts.ts';
import { farEnds } from './far-ends.ts';
import { isLoss, standingFaults } from './lost.ts';
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
    ...standingFaults(world).map((set) => cloudBroken(world, set)),
    ...farEnds.flatMap(({ target }) => farEndBroken(target, faults)),
    ...asleep(people),
  ];
}

function cloudBroken(world: World, { id, since, fault }: World['faults'][number]): Broken {
  const word = fault.kind === 'region-dark' ? 'Bring back' : isLoss(fault) ? 'Dismiss' : 'Mend';
  const mend = { word, path: 'world/mend', body: { id } };
  if (fault.kind !== 'rows-lost') return { key: id, words: sayFault(fault), since, mend };
  const lostAt = new Date(Date.parse(since) - fault.minutes * 60_000).toISOString();
  const instance = nowDamaged(world, id);
  const words =
    instance === null ? `No database lacks the rows that ${fault.instance} lost` : sayFault({ ...fault, instance });
  return { key: id, words, since: lostAt, mend };
}

/** What the databases are called now that lack the rows: the damage goes with them through renames and into copies. */
function nowDamaged({ regions }: World, fault: string): string | null {
  const damaged = regions.flatMap(({ databases }) => databases.filter(({ damagedBy }) => damagedBy.includes(fault)));
  return damaged.length === 0 ? null : new Intl.ListFormat('en-GB').format(damaged.map(({ id }) => id));
}

function sayFault(fault: Fault): string {
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
    case 'snapshot-fails':
      return `Snapshots of ${fault.instance} fail`;
    case 'restore-fails':
      return `Restoring ${fault.instance} fails`;
    case 'rows-lost':
      return `The table ${fault.table} of ${fault.instance} lacks ${fault.rows} rows`;
    case 'database-status':
      return `${fault.instance} is ${fault.status}`;
    case 'database-lost':
      return `${fault.instance} was deleted`;
    case 'service-lost':
      return `${fault.service} was deleted`;
    case 'record-lost':
      return `The record ${fault.name} was deleted`;
    case 'tasks-do-not-start':
      return `${fault.cluster} starts no tasks`;
    case 'image-broken':
      return `${fault.image.split('/').at(-1)} ${fault.how === 'exits' ? 'ends soon after it starts' : 'cannot be pulled'}`;
    case 'targets-unhealthy':
      return `Targets in ${fault.region} are unhealthy`;
    case 'table-corrupt':
      return `What is written to ${fault.table} lacks ${fault.field}`;
    case 'table-lost':
      return `${fault.table} was deleted`;
    case 'table-backup-never-ends':
      return `Backing up ${fault.table} never ends`;
    case 'table-restore-never-ends':
      return `Restoring ${fault.table} never ends`;
    case 'table-restore-fails':
      return `Restoring ${fault.table} fails`;
    case 'table-export-fails':
      return `Exporting ${fault.table} fails`;
    case 'import-fails':
      return `Imports from ${fault.bucket} ${fault.items === undefined ? 'fail' : `leave out ${fault.items} items`}`;
    case 'volume-snapshot-fails':
      return `Snapshots of ${fault.volume} fail`;
    case 'script-fails':
      return `The script ${fault.script} fails`;
    case 'script-hangs':
      return `The script ${fault.script} never ends`;
    case 'terraform-fails':
      return `terraform ${fault.verb} of ${fault.configuration} fails`;
    case 'certificate':
      return `The certificate of ${fault.name} is wrong`;
    case 'address-slow':
      return `${fault.host} answers late`;
    case 'stack-fails':
      return `${fault.resource} of the stack ${fault.stack} fails`;
    case 'replication-fails':
      return `Replication of ${fault.bucket} is refused`;
    case 'replication-stalls':
      return `Replication of ${fault.bucket} stands still`;
    case 'function-update-fails':
      return `Updating ${fault.function} fails`;
    case 'functions-lost':
      return `Functions ${fault.prefix}… were deleted`;
    case 'bucket-lost':
      return `${fault.bucket} was deleted`;
    case 'event-source-stuck':
      return `Event sources of ${fault.function} do not change`;
    case 'call':
      return `${fault.command ?? 'Every call'}: ${sayCall[fault.fails]}`;
  }
}

const sayCall: Record<Extract<Fault, { kind: 'call' }>['fails'], string> = {
  error: 'refused with an error',
  timeout: 'no answer',
  'access-denied': 'access denied',
  'expired-credentials': 'the credentials have expired',
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
