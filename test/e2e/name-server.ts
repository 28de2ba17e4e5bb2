import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

const types: Record<number, string> = { 1: 'A', 2: 'NS' };

export interface NameServer {
  /** `127.0.0.1:PORT` */
  address: string;
  stop(): void;
}

/** Answers A and NS by `answers`, over UDP, as the owner of every zone; other types have no records here. */
export async function startNameServer(answers: (type: string, name: string) => Promise<string[]>): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    const reply = async (): Promise<void> => {
      const known = types[type];
      const values = known === undefined ? [] : await answers(known, name);
      socket.send(answerTo(query.subarray(0, end), values, type), from.port, from.address);
    };
    reply().catch(() => undefined);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    stop: () => socket.close(),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString());
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, values: readonly string[], type: number): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8400, 2);
  head.writeUInt16BE(values.length, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  return Buffer.concat([head, ...values.map((value) => record(type, value))]);
}

/** One record for the name asked, living a minute. */
function record(type: number, value: string): Buffer {
  const data = type === 1 ? Buffer.from(value.split('.').map(Number)) : nameBytes(value);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
