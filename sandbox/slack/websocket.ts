import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's side of RFC 6455, as much as Socket Mode needs: text frames, ping, pong and close. */
export interface TextSocket {
  send(text: string): void;
  ping(): void;
  close(code?: number): void;
  /** Without a close frame: what a lost connection looks like. */
  drop(): void;
}

export interface TextHandlers {
  onText(text: string): void;
  onClose(): void;
}

const opcode = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Answers an upgrade request and speaks text; undefined, with a 400, when it is not a WebSocket handshake. */
export function acceptSocket(request: IncomingMessage, stream: Duplex, handlers: TextHandlers): TextSocket | undefined {
  const key = request.headers['sec-websocket-key'];
  if (!key || request.headers['sec-websocket-version'] !== '13') {
    stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const send = (code: number, body: Buffer) => {
    if (!stream.destroyed && stream.writable) stream.write(frame(code, body));
  };
  const socket: TextSocket = {
    send: (text) => send(opcode.text, Buffer.from(text)),
    ping: () => send(opcode.ping, Buffer.alloc(0)),
    close: (code = 1000) => {
      const body = Buffer.alloc(2);
      body.writeUInt16BE(code);
      send(opcode.close, body);
      stream.end();
    },
    drop: () => stream.destroy(),
  };
  listen(stream, handlers, { socket, pong: (body) => send(opcode.pong, body) });
  return socket;
}

interface Talk {
  socket: TextSocket;
  pong(body: Buffer): void;
}

function listen(stream: Duplex, handlers: TextHandlers, talk: Talk): void {
  let waiting: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let read = readFrame(waiting); read; read = readFrame(waiting)) {
      waiting = waiting.subarray(read.size);
      if (read.code === opcode.ping) talk.pong(read.body);
      if (read.code === opcode.close) talk.socket.close();
      if (read.code !== opcode.text && read.code !== opcode.continuation) continue;
      parts.push(read.body);
      if (!read.final) continue;
      handlers.onText(Buffer.concat(parts).toString('utf8'));
      parts = [];
    }
  });
  stream.on('error', () => stream.destroy());
  stream.on('close', () => handlers.onClose());
}

function frame(code: number, body: Buffer): Buffer {
  const long = body.length > 65_535;
  const head = Buffer.alloc(body.length < 126 ? 2 : long ? 10 : 4);
  head[0] = 0x80 | code;
  head[1] = body.length < 126 ? body.length : long ? 127 : 126;
  if (head.length === 4) head.writeUInt16BE(body.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

interface Frame {
  code: number;
  final: boolean;
  body: Buffer;
  /** Bytes it took. */
  size: number;
}

/** The first whole frame, unmasked; undefined when more bytes are needed. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const maskAt = 2 + lengthBytes;
  const masked = (bytes.readUInt8(1) & 0x80) !== 0;
  const bodyAt = maskAt + (masked ? 4 : 0);
  if (bytes.length < bodyAt) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < bodyAt + length) return undefined;
  const body = Buffer.from(bytes.subarray(bodyAt, bodyAt + length));
  if (masked) for (let at = 0; at < length; at++) body[at] = (body[at] ?? 0) ^ (bytes[maskAt + (at % 4)] ?? 0);
  const first = bytes.readUInt8(0);
  return { code: first & 0x0f, final: (first & 0x80) !== 0, body, size: bodyAt + length };
}
