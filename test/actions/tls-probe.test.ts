import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { createServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createTlsProbe } from '../../src/actions/probes/tls.ts';

/** A trust of these tests alone: `server` is good for a hundred years, `ended` was good in 2020. */
const file = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url));
const ca = file('ca.pem');
const closing: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of closing.splice(0)) server.close();
});

async function serve(certificate: string): Promise<number> {
  const server = createServer({ key: file('server.key'), cert: file(certificate) }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => {});
  closing.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const at = (port: number) => ({ address: '127.0.0.1', port, timeoutMs: 3_000 });

describe('the TLS probe', () => {
  const probe = createTlsProbe({ ca });

  it('shows a good certificate, its names and its dates', async () => {
    const port = await serve('server.pem');
    expect(await probe.certificate('eu.dr.example.com', at(port))).toEqual({
      names: ['api.example.com', '*.dr.example.com'],
      issuer: 'Test Trust',
      validFrom: expect.stringMatching(/Z$/),
      validTo: expect.stringMatching(/^21\d\d-.*Z$/),
      fault: null,
    });
  });

  it('says that a certificate is for another name', async () => {
    const port = await serve('server.pem');
    const shown = await probe.certificate('api.example.org', at(port));
    expect(shown.fault).toBe('it is for another name');
  });

  it('says that a certificate is not trusted', async () => {
    const port = await serve('server.pem');
    const shown = await createTlsProbe().certificate('api.example.com', at(port));
    expect(shown.fault).toMatch(/^it is not trusted \(/);
  });

  it('shows the dates of one that has ended, and that it has', async () => {
    const port = await serve('ended.pem');
    const shown = await probe.certificate('api.example.com', at(port));
    expect(shown).toMatchObject({
      validTo: '2021-01-01T00:00:00.000Z',
      fault: expect.stringContaining('has ended'),
    });
  });

  it('says in words that there is no certificate', async () => {
    await expect(probe.certificate('api.example.com', at(9))).rejects.toThrow('it cannot be reached (ECONNREFUSED)');
    const mute = createTcpServer(() => {}).listen(0, '127.0.0.1');
    closing.push(mute);
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const asked = probe.certificate('api.example.com', { address: '127.0.0.1', port, timeoutMs: 300 });
    await expect(asked).rejects.toThrow('it did not answer in time');
    const plain = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    closing.push(plain);
    await once(plain, 'listening');
    await expect(probe.certificate('x.example.com', at((plain.address() as AddressInfo).port))).rejects.toThrow();
  });
});
