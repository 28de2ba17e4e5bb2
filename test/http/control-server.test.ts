import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/domain/errors.ts';
import type { Person } from '../../src/domain/person.ts';
import { openControlClient } from '../../src/http/control-client.ts';
import { type ControlServer, startControlServer, type WordHandler } from '../../src/http/control-server.ts';
import type { IdentityProof } from '../../src/http/identity-proof.ts';

const ana: Person = { name: 'ana', slack: null, door: 'terminal' };
const proof = { body: 'as ana' } as unknown as IdentityProof;

describe('the control socket', () => {
  let dir: string;
  let socket: string;
  let server: ControlServer | undefined;
  let failures: unknown[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-'));
    socket = join(dir, 'data', 'control.sock');
    failures = [];
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    await rm(dir, { recursive: true });
  });

  async function start(handle: WordHandler): Promise<void> {
    const identify = async (given: unknown) => {
      if (JSON.stringify(given) !== JSON.stringify(proof)) throw new Refusal('Nobody signed this.');
      return ana;
    };
    server = await startControlServer({ socket, handle, identify, onError: (error) => failures.push(error) });
  }
  const connect = async (as: IdentityProof = proof) => {
    const client = await openControlClient({ socket, prove: async () => as });
    if (client === null) throw new Error('nobody listens');
    return client;
  };
  const post = async (path: string, body: string): Promise<number | undefined> => {
    const sent = request({ socketPath: socket, path, method: 'POST' }).end(body);
    const answered = once(sent, 'response');
    // The server may close once it has answered, before this end has noticed that all was written.
    sent.on('error', () => undefined);
    const [response] = await answered;
    response.resume();
    return response.statusCode;
  };

  it('hands the word, its arguments and the person to the handler, and the result back', async () => {
    await start(async (word, args, person) => ({ word, args, by: person.name }));
    const client = await connect();
    expect(await client.call('status', { incident: 7 })).toEqual({ word: 'status', args: { incident: 7 }, by: 'ana' });
  });

  it('lets only its own user connect', async () => {
    await start(async () => ({}));
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, 'data'))).mode & 0o777).toBe(0o700);
  });

  it('passes a refusal on, with its field', async () => {
    await start(async () => {
      throw new Refusal('tasks: expected a whole number, found banana.', 'tasks');
    });
    const client = await connect();
    await expect(client.call('plan', {})).rejects.toMatchObject({
      name: 'Refusal',
      message: 'tasks: expected a whole number, found banana.',
      field: 'tasks',
    });
    expect(failures).toEqual([]);
  });

  it('asks nothing of the handler for somebody who is not identified', async () => {
    const asked: string[] = [];
    await start(async (word) => {
      asked.push(word);
      return {};
    });
    const client = await connect({ body: 'as nobody' } as unknown as IdentityProof);
    await expect(client.call('abort', {})).rejects.toThrow('Nobody signed this.');
    expect(asked).toEqual([]);
  });

  it('keeps what an error says to itself', async () => {
    await start(async () => {
      throw new Error('password=hunter2');
    });
    const client = await connect();
    const refused = client.call('status', {});
    await expect(refused).rejects.toThrow('its log says why');
    await expect(refused).rejects.not.toThrow('hunter2');
    expect(failures).toEqual([expect.objectContaining({ message: 'password=hunter2' })]);
  });

  it.each([
    ['what is not JSON', '/v1/word', 'not json', 400],
    ['a word without arguments', '/v1/word', '{"word":"status"}', 400],
    ['a field too many', '/v1/word', '{"word":"status","args":{},"identity":{},"more":1}', 400],
    ['more than it will read', '/v1/word', `{"word":"${'x'.repeat(300_000)}"}`, 400],
    ['another address', '/v2/word', '{}', 404],
  ])('refuses %s', async (_name, path, body, status) => {
    await start(async () => ({}));
    expect(await post(path, body)).toBe(status);
  });

  it('is not there when nobody holds it', async () => {
    expect(await openControlClient({ socket, prove: async () => proof })).toBeNull();
  });

  it('is taken over from a process that died, and not from one that lives', async () => {
    const script = `require('net').createServer().listen(process.argv[1], () => process.stdout.write('up'))`;
    const other = spawn(process.execPath, ['-e', script, join(dir, 'control.sock')], { env: {} });
    await once(other.stdout, 'data');
    socket = join(dir, 'control.sock');
    await chmod(socket, 0o600);
    await expect(start(async () => ({}))).rejects.toThrow('held by another Muster');

    other.kill('SIGKILL');
    await once(other, 'exit');
    expect((await stat(socket)).isSocket()).toBe(true);
    await start(async () => ({ taken: true }));
    expect(await (await connect()).call('status', {})).toEqual({ taken: true });
  });

  it('refuses a path that is too long for a socket, naming the setting', async () => {
    socket = join(dir, 'x'.repeat(120), 'control.sock');
    await expect(start(async () => ({}))).rejects.toThrow('shorter MUSTER_DATA');
  });
});
