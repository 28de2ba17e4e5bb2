#!/usr/bin/env node
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { randomIds } from '../clock/ids.ts';
import { systemClock } from '../clock/system-clock.ts';
import { readProcessSettings } from '../config/process-env.ts';
import { readSandboxDoor } from '../config/sandbox-door.ts';
import type { Settings } from '../config/settings.ts';
import { Refusal } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import { audienceOf } from '../http/audience.ts';
import { openControlClient } from '../http/control-client.ts';
import { type SignAsk, signIdentity } from '../http/identity.ts';
import type { IdentityProof } from '../http/identity-proof.ts';
import { chooseSts, regionOfSts, stsUrlsOf } from '../http/sts.ts';
import type { Composition } from './composition.ts';
import { runTerminal } from './run-terminal.ts';
import type { Door } from './terminal.ts';

type Prove = (word: string, args: JsonObject) => Promise<IdentityProof>;

/** Loaded when it is needed: a word through the control socket starts no engine. */
async function compose(): Promise<Composition> {
  return await import('../compose/terminal.ts');
}

async function openDoor(settings: Settings): Promise<Door> {
  const prove = await createProver(settings, fromNodeProviderChain());
  return (await openServed(settings, prove)) ?? (await openOwn(settings, prove));
}

/** The door of `npm start`, for one of its people; it never opens a store itself. */
async function openSandboxDoor(as: string | undefined): Promise<Door> {
  const { settings, credentials } = await readSandboxDoor(as);
  const door = await openServed(settings, await createProver(settings, credentials));
  if (door === null) throw new Refusal('The sandbox does not answer: is `npm start` still running?');
  return door;
}

/** The door of a Muster that runs; null when none does. */
async function openServed(settings: Settings, prove: Prove): Promise<Door | null> {
  const client = await openControlClient({ socket: join(settings.dataDir, 'control.sock'), prove });
  return client && { call: client.call, inProcess: false, close: async () => undefined };
}

async function openOwn(settings: Settings, prove: Prove): Promise<Door> {
  const muster = await (await compose()).openMuster(settings);
  return {
    call: async (word, args) => muster.words(word, args, await muster.identify(await prove(word, args), word, args)),
    inProcess: true,
    close: () => muster.close(),
  };
}

async function createProver(settings: Settings, credentials: SignAsk['credentials']): Promise<Prove> {
  const { home } = await (await compose()).loadSettingsHome(settings);
  const stsUrl = await chooseSts(stsUrlsOf(home, settings.awsEndpointUrl));
  return (word, args) =>
    signIdentity({
      credentials,
      region: regionOfSts(stsUrl),
      stsUrl,
      audience: audienceOf(home.system.name, word, args),
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
  openDoor: (sandbox) => (sandbox === null ? openDoor(readProcessSettings()) : openSandboxDoor(sandbox.as)),
  settings: readProcessSettings,
  loadHome: async () => (await compose()).loadSettingsHome(readProcessSettings()),
  loadTemplates: async () => (await compose()).loadSettingsTemplates(readProcessSettings()),
  findCloudFaults: async () => (await compose()).findCloudFaults(readProcessSettings()),
  findWarnings: async () => (await compose()).findSettingsWarnings(readProcessSettings()),
  checkPage: async (home) => (await compose()).checkPage(readProcessSettings(), home),
  catalogue,
  print: (text) => void process.stdout.write(`${text}\n`),
  complain: (text) => void process.stderr.write(`${text}\n`),
  ask: process.stdin.isTTY ? ask : null,
  clock: systemClock,
  ids: randomIds,
});
