import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import fc from 'fast-check';
import { mutated, oddText } from './material.ts';

/** Sends bytes as they are, and nothing after them; gives all that came back until the far end closed. */
export async function exchange(to: NetConnectOpts, bytes: string, hangsUp = true): Promise<string> {
  const socket = connect({ ...to, allowHalfOpen: true } as NetConnectOpts);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // The far end may close before it has read all.
  socket.on('error', () => undefined);
  socket.once('end', () => socket.destroy());
  socket.write(bytes);
  if (hangsUp) socket.end();
  await gone(socket);
  return Buffer.concat(chunks).toString('latin1');
}

/** Begins to send, and then says nothing more. */
export async function dawdle(to: NetConnectOpts, bytes: string): Promise<Socket> {
  const socket = connect(to);
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** The status of an answer; null where none came. */
export function statusOf(answer: string): number | null {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status === undefined ? null : Number(status);
}

/** Whether both ends have let go of it. */
export async function gone(socket: Socket): Promise<true> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  return true;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'CONNECT', 'get', ''];
const headers = [
  'Content-Type: application/json',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data; boundary=',
  'Content-Type: \u0000',
  'Content-Encoding: gzip',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Length: 1\r\nContent-Length: 2',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: chunked\r\nContent-Length: 4',
  'Expect: 100-continue',
  'Expect: banana',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Host:',
  'Host: a\r\nHost: b',
  'X-Slack-Signature: v0=00\r\nX-Slack-Request-Timestamp: 99999999999',
  'X-Slack-Request-Timestamp: banana',
  'Accept: */*;q=banana',
  `X-Long: ${'x'.repeat(20_000)}`,
  'No colon here',
  ' folded: y',
];
const bodies = [
  '',
  '{"type":"event_callback"}',
  'payload=%7B%7D',
  'payload=%ff%fe&command=%',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\nhello\r\n',
  'FFFFFFFFFFFFFFFFF\r\nx',
  '\u001f\u008b\u0008\u0000',
  '['.repeat(5_000),
];

/** A request that HTTP may or may not allow, to one of these addresses or to something like them. */
export function requestTo(addresses: readonly string[]): fc.Arbitrary<string> {
  const target = fc.oneof(
    fc.constantFrom(...addresses),
    fc.constantFrom(
      '//',
      '/%',
      '/%ff',
      '/%2e%2e/',
      '*',
      '',
      ' ',
      '/?',
      '/#',
      'http://',
      'http://[',
      `/${'x'.repeat(9_000)}`,
    ),
    mutated(addresses),
  );
  const body = fc.oneof(
    fc.constantFrom(...bodies),
    oddText.map((text) => text.slice(0, 2_000)),
    fc.json(),
  );
  return fc
    .record({
      method: fc.constantFrom(...methods),
      target,
      version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2', ''),
      headers: fc.subarray(headers, { maxLength: 3 }),
      body,
      measured: fc.boolean(),
    })
    .map(({ method, target: path, version, headers: some, body: sent, measured }) => {
      const length = measured ? [`Content-Length: ${Buffer.byteLength(sent)}`] : [];
      const head = [`${method} ${path} ${version}`, 'Host: muster', 'Connection: close', ...length, ...some, '', ''];
      return head.join('\r\n') + sent;
    });
}
