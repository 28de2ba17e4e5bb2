/** Resolves once the process has read what has come in meanwhile: for between pieces of work that hold its one thread. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
