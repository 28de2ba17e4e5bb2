import PQueue from 'p-queue';
import { type Evidence, readEvidence } from './evidence.ts';
import type { Life } from './life.ts';
import { toldBy } from './people.ts';

/** Lives that go on side by side: they mostly wait, and more of them would wait for the processor. */
const sideBySide = 4;

/** Lives that have been begun together, each to be judged in its own test. */
export interface Lives {
  /** Waits for a life to be over and judges it; whatever fails says how Muster was and what it last said. */
  judge(name: string, verdict: (life: Life, evidence: Evidence) => void): Promise<void>;
}

export function beginLives(
  begin: ReadonlyMap<string, () => Promise<Life>>,
  live: (life: Life) => Promise<unknown>,
): Lives {
  const queue = new PQueue({ concurrency: sideBySide });
  const lived = new Map([...begin].map(([name, start]) => [name, queue.add(() => liveOut(start, live))]));
  return {
    judge: async (name, verdict) => {
      const life = await lived.get(name);
      if (!life) throw new Error(`No life is called ${name}.`);
      try {
        if (life.failed !== null) throw life.failed;
        // Read here and not beside other tests: the embedded store is loaded on demand, which jest lets only a test do.
        verdict(life.life, await readEvidence(life.life));
      } catch (error) {
        if (error instanceof Error) error.message += toldBy(life.life);
        throw error;
      } finally {
        await life.life.close();
      }
    },
  };
}

async function liveOut(
  start: () => Promise<Life>,
  live: (life: Life) => Promise<unknown>,
): Promise<{ life: Life; failed: unknown }> {
  const life = await start();
  const failed = await live(life).then(
    () => null,
    (error: unknown) => error,
  );
  await life.bot.stop();
  return { life, failed };
}
