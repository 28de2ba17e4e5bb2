import PQueue from 'p-queue';
import { type Evidence, readEvidence } from './evidence.ts';
import type { Life } from './life.ts';
import { toldBy } from './people.ts';

/** Lives that go on side by side: they mostly wait, and more of them would wait for the processor. */
const sideBySide = 4;
const queue = new PQueue({ concurrency: sideBySide });

/** A life that has been begun, to be judged in a test of its own. */
export interface Begun {
  /** Waits for it to be over and judges it; whatever fails says how Muster was and what it last said. */
  judge(verdict: (life: Life, evidence: Evidence) => void): Promise<void>;
  /** Lets go of one that no test has judged. */
  leave(): Promise<void>;
}

interface Lived {
  life: Life;
  failed: unknown;
}

export function beginLife(start: () => Promise<Life>, live: (life: Life) => Promise<void>): Begun {
  let left = false;
  const over = queue
    .add(() => (left ? Promise.reject(new Error('Nobody waits for this life.')) : liveOut(start, live)))
    .then(
      (lived) => ({ lived }),
      (error: unknown) => ({ error }),
    );
  return {
    judge: async (verdict) => {
      const settled = await over;
      if ('error' in settled) throw settled.error;
      await judge(settled.lived, verdict);
    },
    leave: async () => {
      left = true;
      const settled = await over;
      if ('lived' in settled) await settled.lived.life.close();
    },
  };
}

async function liveOut(start: () => Promise<Life>, live: (life: Life) => Promise<void>): Promise<Lived> {
  const life = await start();
  const failed = await live(life).then(
    () => null,
    (error: unknown) => error,
  );
  await Promise.all(life.bots.map(({ bot }) => bot.stop()));
  return { life, failed };
}

/** Reads the evidence here, in a test, and not beside others: jest lets only a test load the embedded store. */
async function judge({ life, failed }: Lived, verdict: (life: Life, evidence: Evidence) => void): Promise<void> {
  try {
    if (failed !== null)
      throw failed instanceof Error ? failed : new Error('the life ended with something that is no error');
    verdict(life, await readEvidence(life));
  } catch (error) {
    if (error instanceof Error) error.message += toldBy(life);
    throw error;
  } finally {
    await life.close();
  }
}
