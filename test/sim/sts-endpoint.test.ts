import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { systemClock } from '../../src/clock/system-clock.ts';
import { createStsEndpoint } from '../../src/sim/index.ts';

let server: Server;
let endpoint: string;

beforeAll(async () => {
  server = createServer(createStsEndpoint({ clock: systemClock }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function stsOf(accessKeyId: string, secretAccessKey: string): STSClient {
  return new STSClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
}

const ask = new GetCallerIdentityCommand({});
const form = 'Action=GetCallerIdentity&Version=2011-06-15';

function signer(): SignatureV4 {
  const credentials = { accessKeyId: 'AKIASIMBEN', secretAccessKey: 'simulated-ben' };
  return new SignatureV4({ credentials, region: 'us-east-1', service: 'sts', sha256: Sha256 });
}

function plainRequest(method: 'GET' | 'POST'): HttpRequest {
  const { hostname, port, host } = new URL(endpoint);
  const common = { method, hostname, port: Number(port), path: '/', headers: { host } };
  if (method === 'GET')
    return new HttpRequest({ ...common, query: { Action: 'GetCallerIdentity', Version: '2011-06-15' } });
  return new HttpRequest({
    ...common,
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
}

async function presign(signingDate: Date, expiresIn: number): Promise<URL> {
  const signed = await signer().presign(plainRequest('GET'), { signingDate, expiresIn });
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value));
  return url;
}

async function post(signingDate: Date, body = form): Promise<Response> {
  const signed = await signer().sign(plainRequest('POST'), { signingDate });
  const { host: _host, ...headers } = signed.headers;
  return fetch(endpoint, { method: 'POST', headers, body });
}

const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

describe('the simulated STS', () => {
  it('says whose key signed', async () => {
    expect(await stsOf('AKIASIMANA', 'simulated-ana').send(ask)).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/ana',
    });
  });

  it('answers a presigned address and a form', async () => {
    const presigned = await fetch(await presign(ago(0), 60));
    expect(presigned.status).toBe(200);
    expect(await presigned.text()).toContain('<Arn>arn:aws:iam::123456789012:user/ben</Arn>');
    expect((await post(ago(0))).status).toBe(200);
  });

  it.each([
    ['a wrong secret', 'AKIASIMANA', 'guess', 'SignatureDoesNotMatch'],
    ['another person’s secret', 'AKIASIMANA', 'simulated-ben', 'SignatureDoesNotMatch'],
    ['an unknown key', 'AKIAOTHER', 'simulated-ana', 'InvalidClientTokenId'],
  ])('refuses %s', async (_what, key, secret, name) => {
    await expect(stsOf(key, secret).send(ask)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 403 } });
  });

  it('refuses what is stale, from the future, tampered with or not signed', async () => {
    expect((await fetch(await presign(ago(20), 3_600))).status).toBe(403);
    expect((await fetch(await presign(ago(2), 60))).status).toBe(403);
    expect((await post(ago(-20))).status).toBe(403);
    expect((await post(ago(20))).status).toBe(403);
    const altered = await post(ago(0), `${form}&RoleArn=x`);
    expect(await altered.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    const moved = await presign(ago(0), 60);
    moved.searchParams.set('X-Amz-Expires', '900');
    expect((await fetch(moved)).status).toBe(403);
    expect((await fetch(endpoint)).status).toBe(403);
  });
});
