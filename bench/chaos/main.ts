import { randomInt } from 'node:crypto';
import PQueue from 'p-queue';
import { type Evidence, readEvidence } from '../../test/laws/support/evidence.ts';
import { type Life, startLife } from '../../test/laws/support/life.ts';
import { liveWhileKilled } from '../../test/laws/support/random-kills.ts';
import { expectDeaths, expectNothingDoubled } from '../../test/laws/support/verdict.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { say, table } from '../support/table.ts';
import { type Count, countOf, sumOf } from './count.ts';

/** Each life is a whole incident with its failover, whose process is killed so often. */
const killsInLife = 20;
const sideBySide = 2;
const kills = Number(process.argv[2] ?? 500);
const firstSeed = Number(process.argv[3] ?? randomInt(2 ** 31));
const lives = Math.ceil(kills / killsInLife);
if (!(lives > 0))
  throw new Error(`Expected a number of kills, found ${process.argv[2]}: give one above 0, such as 500.`);

const postgres = await startPostgres();
const queue = new PQueue({ concurrency: sideBySide });
const failures: string[] = [];
const stores = {
  embedded: async () => ({}),
  PostgreSQL: async () => ({ databaseUrl: await postgres.createDatabase() }),
};

/** Lives once with these kills and counts; what does not hold is said with the seed that shows it again. */
async function liveOnce(store: keyof typeof stores, seed: number): Promise<Count | null> {
  const life: Life = await startLife({ ...(await stores[store]()), kills: killsInLife });
  try {
    await liveWhileKilled(life, seed);
    await life.bot.stop();
    const evidence: Evidence = await readEvidence(life);
    expectDeaths(life);
    expectNothingDoubled(life, evidence);
    return countOf(life, evidence);
  } catch (error) {
    failures.push(
      `${store}, seed ${seed}: ${error instanceof Error ? error.message.split('\n').slice(0, 12).join('\n') : error}`,
    );
    return null;
  } finally {
    await life.close();
    say(
      `${store}, seed ${seed}: ${failures.some((one) => one.startsWith(`${store}, seed ${seed}:`)) ? 'FAILED' : 'held'}`,
    );
  }
}

try {
  const rows: string[][] = [];
  for (const store of ['embedded', 'PostgreSQL'] as const) {
    const seeds = Array.from({ length: lives }, (_, at) => firstSeed + at);
    const counts = await queue.addAll(seeds.map((seed) => () => liveOnce(store, seed)));
    const held = counts.filter((count) => count !== null);
    const sum = sumOf(held);
    rows.push([store, `${held.length} of ${lives}`, ...[sum.kills, sum.effects, sum.messages, sum.rows].map(String)]);
  }
  say(
    table(
      ['store', 'lives that came to their end as designed', 'kills', 'effects sent', 'messages', 'audit rows'],
      rows,
    ),
  );
  say(`Each life is one incident with its failover. First seed ${firstSeed}.`);
  say(
    failures.length === 0 ? 'Nothing lost, nothing doubled.' : `FAILED: ${failures.length}\n${failures.join('\n\n')}`,
  );
} finally {
  await postgres.stop();
}
process.exitCode = failures.length === 0 ? 0 : 1;
