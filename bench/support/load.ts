import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { signRequest } from '../../sandbox/slack/sign.ts';
import type { Sending } from './send-commands.ts';

/** Sends signed slash commands, some at a time, and tells in milliseconds how long each took to be acknowledged. */
const load = JSON.parse(process.argv[2] ?? '{}') as Sending;
const agent = new Agent({ keepAlive: true, maxSockets: load.atATime });

function bodyOf(number: number): string {
  return new URLSearchParams({
    token: 'deprecated',
    team_id: 'T0SANDBOX',
    team_domain: 'acme-sandbox',
    channel_id: 'C0NOWHERE',
    channel_name: 'general',
    user_id: 'U0ANA',
    user_name: 'ana',
    command: '/dr',
    text: load.texts[number % load.texts.length] ?? 'help',
    api_app_id: 'A0MUSTER',
    is_enterprise_install: 'false',
    response_url: load.responseUrl,
    trigger_id: `${process.pid}.${number}.${process.hrtime.bigint()}`,
  }).toString();
}

function acknowledged(body: string): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    ...signRequest({ secret: load.signingSecret, body, timestamp }),
  };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(load.url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - began);
        else reject(new Error(`expected 200, found ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** One after another at a steady pace, whether or not the one before has been answered: what stalls delays all that come. */
async function sendPaced(commands: number, everyMs: number): Promise<number[]> {
  const began = performance.now();
  const took = Array.from({ length: commands }, async (_, number) => {
    await wait(Math.max(0, began + number * everyMs - performance.now()));
    return acknowledged(bodyOf(number));
  });
  return Promise.all(took);
}

async function send(commands: number): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < commands) {
      next += 1;
      took.push(await acknowledged(bodyOf(next)));
    }
  };
  await Promise.all(Array.from({ length: load.atATime }, work));
  return took;
}

// The first are slow for the sender's own sake: it opens its connections, and its code is not compiled yet.
await send(load.warmUp);
const took = await (load.everyMs === undefined ? send(load.commands) : sendPaced(load.commands, load.everyMs));
agent.destroy();
process.stdout.write(`took ${JSON.stringify(took)}\n`);
