import { dropLease, renewLease, takeLease } from '../store/lease.ts';
import type { OpenStore } from '../store/open.ts';
import { type Lease, LeaseLost, type RealTime } from './types.ts';

export interface HeldLease extends Lease {
  renew(): Promise<void>;
  /** Held no more, on purpose. */
  release(): Promise<void>;
}

interface LeaseOptions {
  store: OpenStore;
  executor: string;
  ms: number;
  stopwatch: RealTime;
  onLost: () => void;
}

/** On PostgreSQL: a row that this process renews, and that another deletes once it has expired. */
export async function takeDatabaseLease({ store, executor, ms, stopwatch, onLost }: LeaseOptions): Promise<HeldLease> {
  let renewedAt = stopwatch.elapsed();
  if (!(await store.tx((tx) => takeLease(tx, executor, ms)))) {
    throw new Error(`Another process is called ${executor} already: an executor's name must be new at every start.`);
  }
  let held = true;
  let renewing: Promise<void> | undefined;

  const renewNow = async (): Promise<void> => {
    // Taken before asking, so that what is believed here never outlasts the row.
    const asked = stopwatch.elapsed();
    const renewed = await store.tx((tx) => renewLease(tx, executor, ms));
    if (renewed) renewedAt = asked;
    else if (held) {
      held = false;
      onLost();
    }
  };
  const renew = (): Promise<void> => {
    renewing ??= renewNow().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    isHeld: () => held,
    renew,
    async assertHeld() {
      if (held && stopwatch.elapsed() - renewedAt > ms / 2) await renew();
      if (!held) throwLost();
    },
    async release() {
      held = false;
      await store.tx((tx) => dropLease(tx, executor));
    },
  };
}

/** On the embedded store: whoever has it open is alone. */
export function takeEmbeddedLease(): HeldLease {
  let held = true;
  return {
    isHeld: () => held,
    renew: async () => undefined,
    assertHeld: async () => {
      if (!held) throwLost();
    },
    release: async () => {
      held = false;
    },
  };
}

function throwLost(): never {
  throw new LeaseLost('Another process has taken over from this one, or this one is stopping: it may do nothing more.');
}
