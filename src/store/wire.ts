/** PostgreSQL's wire protocol, version 3, as far as the embedded store needs it. */

/** Splits `bytes` into whole messages, each one letter and a length that counts itself. */
export function* readFrames(bytes: Buffer): Generator<{ type: string; frame: Buffer; end: number }> {
  let start = 0;
  while (bytes.length - start >= 5) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) return;
    yield { type: String.fromCharCode(bytes[start] ?? 0), frame: bytes.subarray(start, end), end };
    start = end;
  }
}

/** A message from the server: its letter and its body. */
export function writeFrame(type: string, body: Buffer | string): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

const sessionFacts = {
  server_version: '17.0',
  server_encoding: 'UTF8',
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  integer_datetimes: 'on',
  standard_conforming_strings: 'on',
};

/** What a server says to a client that it lets in without a password. */
export function writeGreeting(connection: number): Buffer {
  const facts = Object.entries(sessionFacts).map(([name, value]) => writeFrame('S', `${name}\0${value}\0`));
  const key = Buffer.alloc(8);
  key.writeInt32BE(connection, 0);
  return Buffer.concat([writeFrame('R', Buffer.alloc(4)), ...facts, writeFrame('K', key), writeFrame('Z', 'I')]);
}

/** `code` is an SQLSTATE. */
export function writeFatal(code: string, message: string): Buffer {
  return writeFrame('E', `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
}

/** The channel that a notification is for. */
export function readChannel(notification: Buffer): string {
  return readText(notification, 9).text;
}

/** A query's text, where a message is a simple query. */
export function readSimpleQuery(frame: Buffer): string {
  return readText(frame, 5).text;
}

/**
 * Puts `prefix` before the name of a prepared statement in Parse, Bind, Describe and Close: the connections of one
 * session share its names. The nameless statement stays so.
 */
export function renameStatement(type: string, frame: Buffer, prefix: string): Buffer {
  const at = findStatementName(type, frame);
  if (at === null || frame[at] === 0) return frame;
  const renamed = Buffer.concat([frame.subarray(5, at), Buffer.from(prefix), frame.subarray(at)]);
  return writeFrame(type, renamed);
}

function findStatementName(type: string, frame: Buffer): number | null {
  if (type === 'P') return 5;
  if (type === 'B') return readText(frame, 5).end;
  if (type === 'D' || type === 'C') return frame.toString('latin1', 5, 6) === 'S' ? 6 : null;
  return null;
}

function readText(frame: Buffer, from: number): { text: string; end: number } {
  const zero = frame.indexOf(0, from);
  return { text: frame.toString('utf8', from, zero), end: zero + 1 };
}
