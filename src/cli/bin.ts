#!/usr/bin/env node
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { randomIds } from '../clock/ids.ts';
import { systemClock } from '../clock/system-clock.ts';
import { readProcessSettings } from '../config/process-env.ts';
import type { Settings } from '../config/settings.ts';
import type { JsonObject } from '../domain/json.ts';
import { audienceOf } from '../http/audience.ts';
import { openControlClient } from '../http/control-client.ts';
import { signIdentity } from '../http/identity.ts';
import type { IdentityProof } from '../http/identity-proof.ts';
import { chooseSts, regionOfSts, type StsUrls, stsUrlsOf } from '../http/sts.ts';
import type { Composition } from './composition.ts';
import { runTerminal } from './run-terminal.ts';
import type { Door } from './terminal.ts';

type Prove = (word: string, args: JsonObject) => Promise<IdentityProof>;

/** Loaded when it is needed: a word through the control socket starts no engine. */
async function compose(): Promise<Composition> {
  return await import('../compose/terminal.ts');
}

async function openDoor(settings: Settings): Promise<Door> {
  const { home } = await (await compose()).loadSettingsHome(settings);
  const prove = await createProver(home.system.name, stsUrlsOf(home, settings.awsEndpointUrl));
  const client = await openControlClient({ socket: join(settings.dataDir, 'control.sock'), prove });
  if (client !== null) return { call: client.call, inProcess: false, close: async () => undefined };
  return await openOwn(settings, prove);
}

async function openOwn(settings: Settings, prove: Prove): Promise<Door> {
  const muster = await (await compose()).openMuster(settings);
  return {
    call: async (word, args) => muster.words(word, args, await muster.identify(await prove(word, args), word, args)),
    inProcess: true,
    close: () => muster.close(),
  };
}

async function createProver(system: string, stsUrls: StsUrls): Promise<Prove> {
  const credentials = fromNodeProviderChain();
  const stsUrl = await chooseSts(stsUrls);
  return (word, args) =>
    signIdentity({
      credentials,
      region: regionOfSts(stsUrl),
      stsUrl,
      audience: audienceOf(system, word, args),
      nonce: randomIds.next('nonce'),
      clock: systemClock,
    });
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

const { catalogue } = await compose();
process.exitCode = await runTerminal(process.argv.slice(2), {
  openDoor: () => openDoor(readProcessSettings()),
  settings: readProcessSettings,
  loadHome: async () => (await compose()).loadSettingsHome(readProcessSettings()),
  catalogue,
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  ask: process.stdin.isTTY ? ask : null,
  clock: systemClock,
  ids: randomIds,
});
