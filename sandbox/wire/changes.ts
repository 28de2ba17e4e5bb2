/** Tells who watches that something is different now. */
export interface Changes {
  tell(): void;
  watch(listener: () => void): () => void;
  /** What `read` returns once it is neither undefined nor false; rejects after `timeoutMs` of real time. */
  until<T>(read: () => T | undefined | false, what: string, timeoutMs?: number): Promise<T>;
}

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const watch = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    tell: () => {
      for (const listener of [...listeners]) listener();
    },
    watch,
    until: (read, what, timeoutMs = 10_000) => waitUntil(watch, read, what, timeoutMs),
  };
}

function waitUntil<T>(
  watch: (listener: () => void) => () => void,
  read: () => T | undefined | false,
  what: string,
  timeoutMs: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = read();
      if (found === undefined || found === false) return;
      leave();
      resolve(found);
    };
    const unwatch = watch(look);
    const timer = setTimeout(() => {
      leave();
      reject(new Error(`${what}: not seen within ${timeoutMs} ms`));
    }, timeoutMs);
    const leave = () => {
      unwatch();
      clearTimeout(timer);
    };
    look();
  });
}
