import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createDnsProbe } from '../../src/actions/probes/dns.ts';

type Zone = Record<string, Record<string, string[]>>;
const types: Record<number, string> = { 1: 'A', 2: 'NS', 5: 'CNAME', 28: 'AAAA' };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A name server over UDP that knows one zone and counts what it is asked. */
async function serve(zone: Zone, silent = false): Promise<{ port: number; asked: string[] }> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    asked.push(`${types[type]} ${name}`);
    if (!silent)
      socket.send(
        answerTo(query.subarray(0, end), zone[name]?.[types[type] ?? ''] ?? [], type, name in zone),
        from.port,
        from.address,
      );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  closing.push(() => socket.close());
  return { port: (socket.address() as AddressInfo).port, asked };
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

function answerTo(question: Buffer, values: string[], type: number, known: boolean): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(known ? 0x8400 : 0x8403, 2);
  head.writeUInt16BE(values.length, 6);
  head.writeUInt16BE(0, 10);
  return Buffer.concat([head, ...values.map((value) => record(type, value))]);
}

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
  return Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}

describe('the DNS probe', () => {
  it("asks the zone's own servers, and not the cache on the way", async () => {
    const own = await serve({ 'api.example.com': { A: ['198.51.100.20'] } });
    const cache = await serve({
      'example.com': { NS: ['ns1.example.com'] },
      'ns1.example.com': { A: ['127.0.0.1'] },
      'api.example.com': { A: ['203.0.113.10'] },
    });
    const probe = createDnsProbe({ resolvers: [`127.0.0.1:${cache.port}`], port: own.port });
    expect(await probe.addresses('API.example.com.', { timeoutMs: 3_000 })).toEqual(['198.51.100.20']);
    expect(own.asked).toContain('A api.example.com');
    expect(cache.asked).not.toContain('A api.example.com');
  });

  it('follows an alias to where it leads, and finds nothing where nothing is', async () => {
    const own = await serve({
      'www.example.com': { CNAME: ['api.example.com'] },
      'api.example.com': { A: ['198.51.100.20'] },
    });
    const cache = await serve({ 'example.com': { NS: ['ns1.example.com'] }, 'ns1.example.com': { A: ['127.0.0.1'] } });
    const probe = createDnsProbe({ resolvers: [`127.0.0.1:${cache.port}`], port: own.port });
    expect(await probe.addresses('www.example.com', { timeoutMs: 3_000 })).toEqual(['198.51.100.20']);
    expect(await probe.addresses('none.example.com', { timeoutMs: 3_000 })).toEqual([]);
  });

  it('rejects when the own servers are silent, and when there are none', async () => {
    const own = await serve({}, true);
    const cache = await serve({ 'example.com': { NS: ['ns1.example.com'] }, 'ns1.example.com': { A: ['127.0.0.1'] } });
    const probe = createDnsProbe({ resolvers: [`127.0.0.1:${cache.port}`], port: own.port });
    await expect(probe.addresses('api.example.com', { timeoutMs: 600 })).rejects.toThrow();
    await expect(probe.addresses('api.example.net', { timeoutMs: 3_000 })).rejects.toThrow(
      'no zone above api.example.net has name servers',
    );
  });
});
