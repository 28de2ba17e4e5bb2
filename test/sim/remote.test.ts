import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeDBInstancesCommand, PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createWorld, remoteWorld, serveWorld, simulatedProbes, type WorldView } from '../../src/sim/index.ts';
import { clientsOf, createCloud, minutes } from './cloud.ts';

const servers: Server[] = [];

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('a world in another process', () => {
  it('answers SDK clients with dates and bytes, and probes', async () => {
    const { world } = createCloud();
    const send = remoteWorld(await listen(serveWorld(world)));
    const west = clientsOf(send, 'us-west-2');
    const { DBInstances } = await west.rds.send(new DescribeDBInstancesCommand({}));
    expect(DBInstances?.[0]?.InstanceCreateTime).toBeInstanceOf(Date);
    const one = { Bucket: 'acme-dr-switch-us-west-2', Key: 'bytes' };
    await west.s3.send(new PutObjectCommand({ ...one, Body: new Uint8Array([0, 255, 7]) }));
    const { Body } = await west.s3.send(new GetObjectCommand(one));
    expect([...((await Body?.transformToByteArray()) ?? [])]).toEqual([0, 255, 7]);
    const { http } = simulatedProbes(send);
    expect((await http.get('https://api.dr.example.com/health', { timeoutMs: 1_000 })).status).toBe(200);
  });

  it('passes refusals and faults through', async () => {
    const { world } = createCloud();
    const url = await listen(serveWorld(world));
    const west = clientsOf(remoteWorld(url), 'us-west-2', 1);
    const nobody = new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'nobody' });
    await expect(west.rds.send(nobody)).rejects.toMatchObject({ name: 'DBInstanceNotFoundFault' });
    const set = await fetch(`${url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'region-dark', region: 'us-west-2' }),
    });
    const { id } = (await set.json()) as { id: string };
    await expect(west.rds.send(nobody)).rejects.toMatchObject({ name: 'TimeoutError' });
    const state = (await (await fetch(`${url}/state`)).json()) as WorldView;
    expect(state.regions.map((region) => [region.region, region.dark])).toEqual([
      ['us-east-1', false],
      ['us-west-2', true],
    ]);
    await fetch(`${url}/faults/${id}`, { method: 'DELETE' });
    expect(world.listFaults()).toEqual([]);
  });

  it('is a connection that fails when it is gone', async () => {
    const url = await listen(() => {});
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const west = clientsOf(remoteWorld(url), 'us-west-2', 1);
    await expect(west.rds.send(new DescribeDBInstancesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('refuses other machines, other sites, forms and what is no fault', async () => {
    const { world } = createCloud();
    const url = await listen(serveWorld(world));
    expect(() => remoteWorld('http://example.com')).toThrow(/this machine only/);
    expect(await statusOf(`${url}/state`, { host: 'evil.example.com' })).toBe(403);
    const post = (body: string, type: string) =>
      fetch(`${url}/faults`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('{"kind":"region-dark","region":"us-east-1"}', 'text/plain')).status).toBe(415);
    expect((await post('{"kind":"rain"}', 'application/json')).status).toBe(400);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect(world.listFaults()).toEqual([]);
  });
});

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('a snapshot', () => {
  it('is JSON, and a world goes on from it as if nothing had been', async () => {
    const { clock, world, west, pass } = createCloud();
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await west.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }));
    await pass(2 * minutes);
    const saved = JSON.parse(JSON.stringify(world.snapshot()));
    const restored = createWorld({ clock, snapshot: saved });
    await pass(10 * minutes);
    expect(restored.view()).toEqual(world.view());
    expect(restored.audit()).toEqual(world.audit());
    expect(restored.audit().promotions).toHaveLength(1);
  });
});
