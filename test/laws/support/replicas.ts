import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Running, startOutside } from '../../e2e/outside.ts';
import type { Life } from './life.ts';

/** A life of several processes on one database; Slack speaks to those that are well, one after another. */
export interface Replicas extends Life {
  databaseUrl: string;
  /** The one that carries the run which is under way. */
  carrier(): Promise<Replica>;
  /** Waits until no unfinished work is that process's any more; gives back the real milliseconds from now until then. */
  untilTakenFrom(name: string): Promise<number>;
  /** SIGSTOP: it does nothing, and does not know it. */
  freeze(replica: Replica): void;
  /** SIGCONT. */
  thaw(replica: Replica): void;
}

export interface Replica {
  /** What it calls itself in the database at this boot. */
  name: string;
  running: Running;
}

/** Clock time for each unit of real time: while people act, and while a run is under way. */
const pace = { people: 2, run: 15 };
/** Away for longer than the others may need, so that it is they who go on. */
const awayMs = { first: 10_000, longest: 20_000 };

export async function startReplicas(databaseUrl: string, processes = 3): Promise<Replicas> {
  const outside = await startOutside({
    scale: pace.people,
    processes,
    databaseUrl,
    waitMs: awayMs,
    logLevel: 'info',
  });
  const frozen = new Set<Running>();
  outside.farEnds.slack.deliverTo(inTurns(outside.bots, frozen));
  const replicas = (): Replica[] => outside.bots.map((running) => ({ name: nameOf(running), running }));
  return {
    ...outside,
    databaseUrl,
    deaths: 0,
    hurry: (on) => outside.letTimeGo(on ? pace.run : pace.people),
    untilAtWork: async () => undefined,
    carrier: async () => {
      const names = await carriersIn(databaseUrl);
      const found = replicas().find(({ name }) => names.includes(name));
      if (!found) throw new Error(`No process that lives carries a run: ${names.join(', ') || 'there is none'}.`);
      return found;
    },
    untilTakenFrom: (name) => untilTaken(databaseUrl, name),
    freeze: ({ running }) => {
      frozen.add(running);
      signal(running, 'SIGSTOP');
    },
    thaw: ({ running }) => {
      frozen.delete(running);
      signal(running, 'SIGCONT');
    },
    close: async () => {
      for (const running of frozen) signal(running, 'SIGCONT');
      await outside.close();
    },
  };
}

/** As a load balancer does it: each request to the next process that answers its health check. */
function inTurns(bots: readonly Running[], frozen: ReadonlySet<Running>): () => string {
  let turn = 0;
  return () => {
    const well = bots.filter((one) => one.bot.state.state === 'up' && !frozen.has(one));
    const next = (well.length > 0 ? well : bots)[turn++ % Math.max(well.length, 1)];
    return `http://127.0.0.1:${next?.port}/slack/events`;
  };
}

function signal({ bot }: Running, name: NodeJS.Signals): void {
  if (bot.state.pid !== null) process.kill(bot.state.pid, name);
}

function nameOf({ log }: Running): string {
  const line = log.findLast((one) => one.includes('"at work on runs"'));
  return line === undefined ? '' : (JSON.parse(line) as { executor: string }).executor;
}

async function carriersIn(databaseUrl: string): Promise<string[]> {
  const rows = await ask<{ executor: string }>(
    databaseUrl,
    `select distinct executor_id as executor from dbos.workflow_status where status = 'PENDING'`,
  );
  return rows.map(({ executor }) => executor);
}

async function untilTaken(databaseUrl: string, name: string): Promise<number> {
  const began = performance.now();
  const longestMs = 60_000;
  while ((await carriersIn(databaseUrl)).includes(name)) {
    if (performance.now() - began > longestMs) throw new Error(`${name} still carries work after ${longestMs} ms.`);
    await wait(100);
  }
  return performance.now() - began;
}

async function ask<T extends pg.QueryResultRow>(connectionString: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
