import { DBOS, DBOSClient, type DBOSConfig } from '@dbos-inc/dbos-sdk';
import { ensureSystemDatabase } from '@dbos-inc/dbos-sdk/internal/system_database';
import { GlobalLogger } from '@dbos-inc/dbos-sdk/internal/telemetry/logs';
import type { OpenStore } from '../store/open.ts';
import { withStartLock } from '../store/start-lock.ts';
import type { DurableLog } from './types.ts';

export const queueName = 'muster';
const applicationName = 'muster';
/** Pinned: with the engine's own hash of the code, a new build would strand every run of the old one. */
export const applicationVersion = 'muster-1';
/** Never dialled, because there is a pool; said so that none is made up from PG* variables. */
const systemDatabaseUrl = 'postgresql://muster@pool/muster';
const schema = 'dbos';
/** How long a workflow that a transaction started may wait to be noticed. */
const queuePollMs = 100;

/** Launches the engine in this process on the store's own pool; workflows must have been registered. */
export async function launchDbos(store: OpenStore, executor: string, log: DurableLog): Promise<void> {
  DBOS.setConfig({
    name: applicationName,
    applicationVersion,
    enablePatching: true,
    executorID: executor,
    systemDatabasePool: store.pool,
    systemDatabaseUrl,
    systemDatabaseSchemaName: schema,
    useListenNotify: true,
    logger: routeLog(log),
  });
  // Two first launches on one database would otherwise meet in a deadlock.
  if (store.kind === 'postgres') await withStartLock(store.pool, () => DBOS.launch());
  else await DBOS.launch();
  await DBOS.registerQueue(queueName, { minPollingIntervalMs: queuePollMs, onConflict: 'always_update' });
}

/** Makes the engine's tables, as a launch would: this process may run another engine meanwhile. */
export function prepareTables(store: OpenStore, log: DurableLog): Promise<void> {
  const logger = new GlobalLogger(undefined, { logger: routeLog(log) });
  return ensureSystemDatabase(systemDatabaseUrl, logger, store.pool, schema, true);
}

/** Writes rows through connections that callers hand it; opens none. */
export function createClient(store: OpenStore, log: DurableLog): Promise<DBOSClient> {
  return DBOSClient.create({
    systemDatabaseUrl,
    systemDatabasePool: store.pool,
    systemDatabaseSchemaName: schema,
    applicationName,
    logger: routeLog(log),
  });
}

/** Waiting workflows are left as they are when a process stops: they go on at the next start, or elsewhere. */
const expected = /^Shutting down while (\d+)/;

function routeLog(log: DurableLog): NonNullable<DBOSConfig['logger']> {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (entry) => {
      const [, left] = expected.exec(String(entry)) ?? [];
      if (left === undefined) log.warn({ from: 'dbos' }, String(entry));
      else
        log.info(
          { workflows: Number(left) },
          'Workflows are left as they are: they go on elsewhere, or at the next start.',
        );
    },
    error: (entry, metadata) => log.error({ from: 'dbos', stack: metadata?.stack }, String(entry)),
  };
}
