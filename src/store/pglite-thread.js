import { PGlite } from '@electric-sql/pglite';

// JavaScript, because a thread is started from its file, by the same name here and where it was built.

/** @type {PGlite | undefined} */
let database;

/** @param {string} dataDir */
export async function open(dataDir) {
  database = await PGlite.create({ dataDir });
}

/** @param {Uint8Array} messages */
export async function execute(messages) {
  if (database === undefined) throw new Error('The embedded database has stopped.');
  return await database.execProtocolRaw(messages, { syncToFs: false });
}

export async function close() {
  await database?.close();
  database = undefined;
}
