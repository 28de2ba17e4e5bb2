import { startPostgres } from '../../test/support/postgres.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { asRatio } from '../support/want.ts';
import { makeLoadHome } from './home.ts';
import { type Measured, measureLoad } from './measure.ts';

const incidents = Number(process.argv[2] ?? 200);
const runs = Number(process.argv[3] ?? 50);

const home = await makeLoadHome(runs);
const postgres = await startPostgres();
try {
  const load = { homeDir: home.dir, incidents, runs };
  sayMeasured('PostgreSQL', await measureLoad({ ...load, databaseUrl: await postgres.createDatabase() }));
  sayMeasured('the embedded store', await measureLoad(load));
} finally {
  await postgres.stop();
  await home.remove();
}

function sayMeasured(store: string, measured: Measured): void {
  say(`\nOn ${store}:\n`);
  sayAcknowledged(measured);
  const { idle, peak } = measured.memory;
  say(`\nMemory: ${idle} MB with the incidents open, at most ${peak} MB: ${asRatio(peak / idle)} times.\n`);
  sayWords(measured);
}

function sayAcknowledged({ idle, busy, underWay: { first, last } }: Measured): void {
  const row = (name: string, took: readonly number[]): string[] => [
    name,
    ...[0.5, 0.99].map((share) => inMs(percentile(took, share))),
  ];
  const rows = [row(`${incidents} incidents open`, idle), row(`and ${first} to ${last} runs under way`, busy)];
  say(table(['acknowledged', 'p50', 'p99'], rows));
  const ratio = percentile(busy, 0.99) / percentile(idle, 0.99);
  say(`\nAcknowledgement at p99: ${asRatio(ratio)} times that without runs.`);
}

function sayWords({ waited }: Measured): void {
  if (waited.length === 0) return say('No message went out: how long one waits is not known.');
  const row = (name: string, seconds: readonly number[]): string[] => [
    name,
    ...[0.5, 0.99, 1].map((share) => `${percentile(seconds, share).toFixed(1)} s`),
  ];
  const took = waited.map((one) => one.took);
  const least = waited.map((one) => one.least);
  const rows = [row('until Slack had it', took), row("the least that Slack's limit allows", least)];
  say(table([`${waited.length} messages`, 'p50', 'p99', 'most'], rows));
}
