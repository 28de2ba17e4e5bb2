import { Tinypool } from 'tinypool';

/** PGlite in a thread of its own: nothing interrupts its work, which would keep every click waiting. */
export interface EmbeddedDatabase {
  /** Whole messages of PostgreSQL's wire protocol in, its answer out. Throws when the database has stopped. */
  execute(messages: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens the database in the folder `dataDir`; throws what PGlite says when it cannot. */
export async function openDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const thread = new Tinypool({
    filename: new URL('./pglite-thread.js', import.meta.url),
    minThreads: 1,
    maxThreads: 1,
    // A thread that waits in its event loop answers sooner than one that is woken.
    useAtomics: false,
  });
  try {
    await thread.run(dataDir, { name: 'open' });
  } catch (error) {
    await thread.destroy();
    throw error;
  }
  return {
    async execute(messages) {
      const answer = (await thread.run(messages, { name: 'execute' })) as Uint8Array;
      return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
    },
    async close() {
      try {
        await thread.run(null, { name: 'close' });
      } finally {
        await thread.destroy();
      }
    },
  };
}
