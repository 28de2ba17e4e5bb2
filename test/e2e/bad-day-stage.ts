import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorldEffect } from '../../src/sim/world/world.ts';
import { until } from '../support/simulated-muster.ts';
import { root } from './child.ts';
import type { Outside } from './outside.ts';
import { ownFolder } from './real.ts';
import { keysOf, type Shell, shellWith } from './terminal-hands.ts';

/** The example's home, where a second person may approve. */
export async function homeOfTwoApprovers(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await ownFolder();
  await cp(join(root, 'examples/acme'), folder.path, { recursive: true });
  const file = join(folder.path, 'muster.yml');
  const written = await readFile(file, 'utf8');
  const changed = written.replace('approvers: [ben]', 'approvers: [ben, dov]');
  if (changed === written) throw new Error('The example no longer has its one approver.');
  await writeFile(file, changed);
  return folder;
}

/** Somebody's terminal beside the bot, which knows them by their AWS keys. */
export function terminalOf(outside: Outside, homeDir: string, name: string): Shell {
  const env = { MUSTER_HOME: homeDir, MUSTER_DATA: outside.dataDir, AWS_ENDPOINT_URL: outside.farEnds.sts.url };
  return shellWith({ ...env, ...keysOf(name) }, outside.dataDir);
}

/** Asks in the form on top of a person's screen: the phrase, and the same reason for all that is asked besides. */
export async function askInForm(outside: Outside, user: string, phrase: string, reason: string): Promise<void> {
  const { body } = await outside.modal(user);
  const fields = body.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  const values = fields.map((field) => [field, field === 'phrase' ? phrase : reason]);
  const sent = await outside.submit(user, Object.fromEntries(values));
  if (sent.state !== 'closed') throw new Error(`the form was not taken: ${JSON.stringify(sent)}`);
}

export async function closeForm(outside: Outside, user: string): Promise<void> {
  const { id } = await outside.modal(user);
  await outside.farEnds.slack.act.closeView({ user, viewId: id });
}

/** As a power cut would end it, once its far end has taken this call; waits until it serves again. */
export async function killOnce(outside: Outside, command: string, pace: { away: number; back: number }): Promise<void> {
  await until(
    async () => effectsOf(outside).some((effect) => effect.command === command),
    `${command} to be sent`,
    120,
  );
  const { bot } = outside;
  const before = bot.state.restarts;
  outside.letTimeGo(pace.away);
  bot.kill();
  const back = (): boolean => bot.state.restarts > before && bot.state.state === 'up';
  await bot.changes.until(back, `the bot to be back\n${outside.log.slice(-15).join('\n')}`, 60_000);
  outside.letTimeGo(pace.back);
}

/** What the simulated cloud was told to change, in order. */
export function effectsOf({ farEnds }: Outside): WorldEffect[] {
  return farEnds.world.world.audit().effects;
}

export function regionsServed({ farEnds: { world } }: Outside): (string | null)[] {
  return world.world.view().traffic.map(({ region }) => region);
}

export function databasesWriting({ farEnds: { world } }: Outside): string[] {
  return world.world.view().writers.now.map(({ id }) => id);
}

/** What `muster status` says, once it says this. */
export function statusThat(shell: Shell, is: RegExp): Promise<string> {
  const look = async (): Promise<string | false> => {
    const { out } = await shell.type('status');
    return is.test(out) && out;
  };
  return until(look, `a status with ${is}`, 120);
}

/** Everything that anybody was told by Slack, mail or the public page. */
export function everythingTold({ farEnds: { slack, mail, statuspage } }: Outside): string[] {
  const channels = [...slack.workspace.channels.values()];
  return [
    ...channels.flatMap(({ messages }) => messages.map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`)),
    ...mail.mailbox.received.map((letter) => JSON.stringify(letter)),
    ...statuspage.page.incidents.flatMap(({ incident_updates: updates }) => updates.map(({ body }) => body)),
  ];
}
