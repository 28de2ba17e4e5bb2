import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpProbe } from '../../src/actions/probes/http.ts';
import { createSqlProbe } from '../../src/actions/probes/sql.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('the HTTP probe', () => {
  const probe = createHttpProbe(stopwatch.elapsed);

  it('gives any status as an answer, and the body as it is', async () => {
    const url = await serve((_request, response) => void response.writeHead(503).end('{"ok": false}'));
    expect(await probe.get(url, { timeoutMs: 2_000 })).toMatchObject({ status: 503, body: '{"ok": false}' });
  });

  it.each([
    ['is silent', () => {}, 'it did not answer in time'],
    [
      'redirects for ever',
      (_q: unknown, r: ServerResponse) => r.writeHead(302, { location: '/' }).end(),
      'it redirects more than 3 times',
    ],
    [
      'answers without end',
      (_q: unknown, r: ServerResponse) => r.end('x'.repeat(1_100_000)),
      'it answers with more than 1000000 bytes',
    ],
  ])('says in words what %s', async (_name, answer, sentence) => {
    const url = await serve(answer as Parameters<typeof createServer>[1]);
    await expect(probe.get(url, { timeoutMs: 500 })).rejects.toThrow(sentence);
  });

  it('gives what is there byte for byte, up to what is wanted', async () => {
    const url = await serve((_request, response) => void response.end(Buffer.from([0, 255, 254, 10, 0])));
    const { status, bytes } = await probe.bytes(url, { timeoutMs: 2_000, mostBytes: 5 });
    expect([status, [...bytes]]).toEqual([200, [0, 255, 254, 10, 0]]);
    await expect(probe.bytes(url, { timeoutMs: 2_000, mostBytes: 4 })).rejects.toThrow('more than 4 bytes');
  });

  it('says that nothing listens', async () => {
    await expect(probe.get('http://127.0.0.1:9/', { timeoutMs: 500 })).rejects.toThrow(
      'it cannot be reached (ECONNREFUSED)',
    );
  });
});

describe('the SQL probe', () => {
  const secret = 'hunter2';
  const messageOf = async (address: string): Promise<string> =>
    createSqlProbe(async () => address)
      .query('env:DB', 'select 1', [], { timeoutMs: 500 })
      .then(
        () => 'answered',
        (error: Error) => `${error.message} ${error.stack ?? ''}`,
      );

  it('says what is wrong without the address or the secret', async () => {
    const mute = createTcpServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    closing.push(() => mute.close());
    const { port } = mute.address() as AddressInfo;
    for (const [address, sentence] of [
      [`postgres://app:${secret}@127.0.0.1:9/app`, 'it cannot be reached (ECONNREFUSED)'],
      [`postgres://app:${secret}@127.0.0.1:${port}/app`, 'it did not answer in time'],
      [`postgres://app:${secret}@[`, 'env:DB holds no PostgreSQL address'],
    ] as const) {
      const message = await messageOf(address);
      expect(message).toContain(sentence);
      expect(message).not.toContain(secret);
    }
  });

  it('repeats what the reference could not be resolved for', async () => {
    const probe = createSqlProbe(async (reference) => Promise.reject(new Error(`${reference} is not set`)));
    await expect(probe.query('env:DB', 'select 1', [], { timeoutMs: 500 })).rejects.toThrow('env:DB is not set');
  });
});
