import type { EmbeddedDatabase } from './pglite-database.ts';
import { readChannel, readFrames } from './wire.ts';

/** One side of the session: a connection of the pool. */
export interface Party {
  /** Channels it has listened to. */
  channels: ReadonlySet<string>;
  receive(bytes: Buffer): void;
}

/** The one session of an embedded database, shared by parties that take turns. */
export interface Session {
  /** Runs whole messages up to a Sync and hands the answer to the party, once it is the party's turn. */
  run(party: Party, bytes: Buffer): Promise<void>;
  /** Rolls back what the party left open and gives up its turn. */
  leave(party: Party, closing: Buffer): Promise<void>;
}

/**
 * A party inside a transaction keeps the session until it ends; the others queue, first come first served.
 */
export function createSession(database: EmbeddedDatabase): Session {
  const parties = new Set<Party>();
  const queue: { party: Party; start: () => void }[] = [];
  let owner: Party | null = null;

  const takeTurn = (party: Party): Promise<void> | undefined => {
    if (owner === party) return undefined;
    if (owner === null) {
      owner = party;
      return undefined;
    }
    return new Promise((start) => queue.push({ party, start }));
  };
  const passTurn = (party: Party): void => {
    if (owner !== party) return;
    const next = queue.shift();
    owner = next?.party ?? null;
    next?.start();
  };

  const execute = async (party: Party, bytes: Buffer): Promise<'I' | 'T'> => {
    const { own, notices, status } = sortAnswer(await database.execute(bytes));
    for (const { channel, frame } of notices) {
      for (const listener of parties) if (listener.channels.has(channel)) listener.receive(frame);
    }
    if (own.length > 0) party.receive(own);
    return status;
  };

  return {
    async run(party, bytes) {
      parties.add(party);
      await takeTurn(party);
      let status: 'I' | 'T' = 'I';
      try {
        status = await execute(party, bytes);
      } finally {
        if (status === 'I') passTurn(party);
      }
    },
    async leave(party, closing) {
      parties.delete(party);
      await takeTurn(party);
      try {
        await database.execute(closing);
      } finally {
        passTurn(party);
      }
    },
  };
}

interface Answer {
  own: Buffer;
  notices: { channel: string; frame: Buffer }[];
  status: 'I' | 'T';
}

/** Takes notifications, which belong to whoever listens, out of an answer, and reads how it left the transaction. */
function sortAnswer(bytes: Buffer): Answer {
  const answer: Answer = { own: bytes, notices: [], status: 'I' };
  const own: Buffer[] = [];
  for (const { type, frame } of readFrames(bytes)) {
    if (type === 'A') answer.notices.push({ channel: readChannel(frame), frame });
    else own.push(frame);
    if (type === 'Z') answer.status = frame.toString('latin1', 5, 6) === 'I' ? 'I' : 'T';
  }
  if (answer.notices.length > 0) answer.own = Buffer.concat(own);
  return answer;
}
