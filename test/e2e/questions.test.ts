import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Evidence, readEvidence } from '../laws/support/evidence.ts';
import { root } from './child.ts';
import { type Outside, startOutside } from './outside.ts';
import { ownFolder } from './real.ts';

/** Real milliseconds for which the program stays away: longer than it takes to press what is not heard then. */
const awayMs = 10_000;
const commands = {
  ask: `name: ask
title: Ask somebody
steps:
  - { id: looked, uses: manual.checkpoint, timeout: 2d, with: { instructions: Look whether orders come in. } }
`,
  tick: `name: tick
title: Ask for a list
steps:
  - id: looked
    uses: manual.checklist
    timeout: 2d
    with:
      instructions: Look at each of them.
      items: [{ id: orders, text: Orders come in }, { id: mails, text: Mails go out }]
`,
  agreed: `name: agreed
title: Ask once somebody agrees
approvals: 1
steps:
  - { id: looked, uses: manual.checkpoint, timeout: 2d, with: { instructions: Look whether people can sign in. } }
`,
};
type Name = keyof typeof commands;
const names = ['ask', 'tick', 'agreed'] as const;

describe('SIGTERM while people are asked: a checkpoint, a checklist, an approval', () => {
  let folder: Awaited<ReturnType<typeof ownFolder>>;
  let outside: Outside;
  let asked: Record<Name, string[]>;
  const channels: Record<Name, string> = { ask: '', tick: '', agreed: '' };

  beforeAll(async () => {
    folder = await ownFolder();
    await mkdir(join(folder.path, 'commands'));
    for (const [name, text] of Object.entries(commands))
      await writeFile(join(folder.path, `commands/${name}.yml`), text);
    for (const file of ['muster.yml', 'cloud.yml'])
      await copyFile(join(root, 'examples/acme', file), join(folder.path, file));
    outside = await startOutside({ homeDir: folder.path, scale: 1, waitMs: { first: awayMs, longest: awayMs } });
    for (const name of names) {
      channels[name] = await outside.declare('U0ANA', `Trouble with ${name}`);
      await outside.dr('U0ANA', name, channels[name]);
      expect((await outside.submit('U0ANA', {})).state).not.toBe('errors');
    }
    await shown('ask', /"step\.done"/);
    await shown('tick', /"step\.checklist"/);
    await shown('agreed', /"consent\.approve"/);
    await outside.dr('U0ANA', 'answer looked orders=done', channels.tick);
    await outside.seen('U0ANA', channels.tick, /1 of 2 answered/, 60);
  }, 180_000);
  afterAll(async () => {
    await outside?.close();
    await folder?.remove();
  });

  const messages = (name: Name) =>
    [...outside.farEnds.slack.workspace.channels.values()]
      .filter((channel) => channel.name === channels[name])
      .flatMap((channel) => channel.messages);
  const shown = (name: Name, is: RegExp) =>
    outside.farEnds.slack.workspace.changes.until(
      () => messages(name).some(({ blocks }) => is.test(JSON.stringify(blocks))),
      `${is} in ${name}`,
      60_000,
    );
  /** Whatever asks for something in a channel, by which message it is. */
  const questions = (name: Name): string[] =>
    messages(name)
      .filter(({ blocks }) => /"(step\.done|step\.checklist|consent\.approve)"/.test(JSON.stringify(blocks)))
      .map(({ ts }) => ts);
  const pressAt = (name: Name, user: string, actionId: string) => outside.press(user, channels[name], actionId);
  const endOf = (name: Name) => new RegExp(`\\*${name}\\* .*succeeded`);
  const ended = (name: Name) => outside.seen('U0ANA', channels[name], endOf(name), 60);

  it('ends with 0, and what is pressed while it is away is not taken as if it had been heard', async () => {
    // A checklist has its button in the run's message and in its own.
    const isAsked = () => names.every((name) => questions(name).length === (name === 'tick' ? 2 : 1));
    await outside.farEnds.slack.workspace.changes.until(isAsked, 'each to be asked', 60_000);
    asked = { ask: questions('ask'), tick: questions('tick'), agreed: questions('agreed') };
    const { bot } = outside;
    process.kill(bot.state.pid ?? 0, 'SIGTERM');
    await bot.changes.until(() => bot.state.lastEnd !== null, 'the program to end', 60_000);
    expect(bot.state.lastEnd).toBe('exit code 0');
    const pressed = await Promise.all([
      pressAt('ask', 'U0DOV', 'step.done'),
      pressAt('tick', 'U0DOV', 'step.checklist'),
      pressAt('agreed', 'U0BEN', 'consent.approve'),
    ]);
    expect(pressed.map(({ ok }) => ok)).toEqual([false, false, false]);
  }, 120_000);

  it('asks the same after its start by the same messages, with what was answered before', async () => {
    const { bot } = outside;
    await bot.changes.until(() => bot.state.state === 'up', 'the program to serve again', 60_000);
    await outside.dr('U0ANA', 'status', channels.tick);
    await outside.seen('U0ANA', channels.tick, /1 of 2 answered/, 60);
    expect({ ask: questions('ask'), tick: questions('tick'), agreed: questions('agreed') }).toEqual(asked);
  }, 120_000);

  it('takes each answer once, however many press at one instant', async () => {
    await Promise.all([pressAt('ask', 'U0DOV', 'step.done'), pressAt('ask', 'U0ANA', 'step.done')]);
    await outside.dr('U0ANA', 'answer looked mails=done', channels.tick);
    await Promise.all([pressAt('agreed', 'U0BEN', 'consent.approve'), pressAt('agreed', 'U0BEN', 'consent.approve')]);
    await shown('agreed', /"step\.done"/);
    await pressAt('agreed', 'U0DOV', 'step.done');
    await Promise.all(names.map(ended));
    for (const name of names) {
      const said = messages(name).flatMap(({ metadata, only }) =>
        metadata && only === null ? [String(metadata.event_payload.key)] : [],
      );
      expect(said.toSorted()).toEqual([...new Set(said)].toSorted());
      expect(said.filter((key) => key.startsWith('ended:'))).toHaveLength(1);
    }
  }, 180_000);

  it('has written each of them down once', async () => {
    await outside.bot.stop();
    const evidence: Evidence = await readEvidence({ ...outside, databaseUrl: undefined });
    expect(evidence).toMatchObject({
      audit: { ok: true },
      outcomes: ['succeeded', 'succeeded', 'succeeded'],
      rows: {
        'run.started': 3,
        'checkpoint.answered': 2,
        'checklist.answered': 2,
        'consent.approved': 1,
        'run.ended': 3,
      },
      left: [],
      unfinished: [],
      interruptions: 2,
    });
  }, 60_000);
});
