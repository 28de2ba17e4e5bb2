import { Duplex } from 'node:stream';
import type { Party, Session } from './pglite-session.ts';
import { readFrames, readSimpleQuery, renameStatement, writeFatal, writeFrame, writeGreeting } from './wire.ts';

const listening = /^\s*listen\s+"?(\w+)"?/i;
/** What a server does with a connection that ends. */
const rollBack = writeFrame('Q', 'rollback\0');

/** What the driver takes for a socket. */
interface Socket extends Duplex {
  connect(): void;
  setNoDelay(): void;
  setKeepAlive(): void;
  ref(): void;
  unref(): void;
}

/** One connection of a pool to the one session of an embedded database. */
export function connectTo(session: Session, number: number): Socket {
  const prefix = `c${number}_`;
  const channels = new Set<string>();
  let rest: Buffer = Buffer.alloc(0);
  let greeted = false;
  let unit: Buffer[] = [];

  const party: Party = { channels, receive: (bytes) => void socket.push(bytes) };

  const take = async (chunk: Buffer): Promise<void> => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!greeted) greet();
    const before = rest;
    let used = 0;
    for (const { type, frame, end } of readFrames(before)) {
      used = end;
      if (type === 'X') socket.push(null);
      else await takeFrame(type, frame);
    }
    rest = before.subarray(used);
  };

  /** The first message has no letter: its length, then the version and who asks. */
  const greet = (): void => {
    if (rest.length < 4 || rest.length < rest.readInt32BE(0)) return;
    rest = rest.subarray(rest.readInt32BE(0));
    greeted = true;
    socket.push(writeGreeting(number));
  };

  const takeFrame = async (type: string, frame: Buffer): Promise<void> => {
    unit.push(renameStatement(type, frame, prefix));
    if (type !== 'Q' && type !== 'S') return;
    const channel = type === 'Q' ? listening.exec(readSimpleQuery(frame))?.[1] : undefined;
    if (channel) channels.add(channel);
    const bytes = Buffer.concat(unit);
    unit = [];
    await session.run(party, bytes);
  };

  const socket = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      take(chunk).then(() => done(), fail(done));
    },
    writev(chunks, done) {
      take(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer))).then(() => done(), fail(done));
    },
    destroy(error, done) {
      session.leave(party, rollBack).then(
        () => done(error),
        () => done(error),
      );
    },
  });
  const fail = (done: (error?: Error | null) => void) => (error: unknown) => {
    socket.push(writeFatal('08006', 'The embedded database has stopped.'));
    done(error instanceof Error ? error : new Error(String(error)));
  };

  return Object.assign(socket, {
    connect: () => process.nextTick(() => socket.emit('connect')),
    setNoDelay: () => undefined,
    setKeepAlive: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
}
