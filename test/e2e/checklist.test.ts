import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './child.ts';
import { type Outside, startOutside } from './outside.ts';
import { ownFolder } from './real.ts';

const minute = 60_000;

const command = `name: after
title: After a recovery
steps:
  - id: looked
    title: All is well
    uses: manual.checklist
    timeout: 2d
    with:
      instructions: Look at each of them.
      items:
        - { id: orders, text: Orders come in, owner: cat, due: 30m }
        - { id: login, text: People can sign in }
        - { id: reports, text: Reports are made, owner: responders }
        - { id: mails, text: Mails go out, owner: cat }
`;

describe('a checklist, answered by several people while the program dies', () => {
  let folder: Awaited<ReturnType<typeof ownFolder>>;
  let outside: Outside;
  let channel: string;

  beforeAll(async () => {
    folder = await ownFolder();
    await mkdir(join(folder.path, 'commands'));
    await writeFile(join(folder.path, 'commands/after.yml'), command);
    for (const file of ['muster.yml', 'cloud.yml'])
      await copyFile(join(root, 'examples/acme', file), join(folder.path, file));
    outside = await startOutside({ homeDir: folder.path, scale: 1 });
    channel = await outside.declare('U0ANA', 'Was checkout well again?');
    await outside.dr('U0ANA', 'after', channel);
    expect((await outside.submit('U0ANA', {})).state).toBe('closed');
  }, 120_000);
  afterAll(async () => {
    await outside?.close();
    await folder?.remove();
  });

  const list = (is: RegExp) => outside.seen('U0ANA', channel, new RegExp(`Checklist.*${is.source}`, 's'));
  /** What somebody was told of the checklist directly. */
  const told = (user: string): string[] =>
    [...outside.farEnds.slack.workspace.channels.values()]
      .filter(({ kind, members }) => kind === 'direct' && members.has(user))
      .flatMap(({ messages }) => messages.map(({ text }) => text))
      .filter((text) => text.includes('looked'));

  it('is one message with every item, and calls whose they are', async () => {
    const { text } = await list(/orders/);
    expect(text).toMatch(/0 of 4 answered/);
    expect(text).toMatch(/orders.*Orders come in · cat · due/);
    expect(text).toContain('<@U0CAT>');
  });

  it('takes a tick by the form from its owner, though no responder, and nothing else from them', async () => {
    await outside.press('U0CAT', channel, 'step.checklist');
    expect(await outside.submit('U0CAT', { 'ticks:0': ['login', 'mails'] })).toMatchObject({
      state: 'errors',
      errors: { reason: expect.stringContaining('Only a responder or a commander may answer') },
    });
    expect(await outside.submit('U0CAT', { 'ticks:0': ['mails'] })).toMatchObject({ state: 'closed' });
    expect((await list(/1 of 4 answered/)).text).toMatch(/✅ `mails` Mails go out · cat · /);
  });

  it('asks why something cannot be done, in its field', async () => {
    await outside.press('U0DOV', channel, 'step.checklist');
    expect(await outside.submit('U0DOV', { declined: 'reports' })).toMatchObject({
      state: 'errors',
      errors: { reason: expect.stringContaining('why') },
    });
    expect(await outside.submit('U0DOV', {})).toMatchObject({ state: 'errors' });
  });

  it('reminds an owner of what is overdue once, directly, though the program is killed', async () => {
    outside.stopTime(new Date(outside.clock.now().getTime() + 31 * minute));
    await list(/1 overdue/);
    expect((await list(/⏰/)).text).toMatch(/⏰ `orders`.*overdue since/);
    const direct = async () => {
      if (told('U0CAT').length === 0)
        await outside.farEnds.slack.workspace.changes.until(() => told('U0CAT')[0], '', 30_000);
      return told('U0CAT');
    };
    expect(await direct()).toEqual([expect.stringMatching(/orders.*nobody has answered it: Orders come in/s)]);
    outside.letTimeGo(1);
    outside.bot.kill();
    await outside.bot.changes.until(
      () => outside.bot.state.restarts === 1 && outside.bot.state.state === 'up',
      '',
      60_000,
    );
    await outside.dr('U0CAT', 'answer looked orders=done', channel);
    await list(/2 of 4 answered/);
    expect(told('U0CAT')).toHaveLength(1);
    expect(told('U0DOV')).toEqual([]);
  });

  it('keeps what two people say in one instant, and ends as soon as nothing is open', async () => {
    await Promise.all([
      outside.dr('U0ANA', 'answer looked login=done', channel),
      outside.dr('U0DOV', 'answer looked reports=declined the store is down', channel),
    ]);
    const { text } = await list(/4 of 4 answered · 1 declined/);
    expect(text).toMatch(/✅ `orders`.* · cat · /);
    expect(text).toMatch(/✅ `login`.* · ana · /);
    expect(text).toMatch(/🚫 `reports`.* · declined by dov · .* · the store is down/);
    await outside.seen('U0ANA', channel, /with exceptions: Looked: reports was declined by dov: the store is down/);
  });

  it('stands in the timeline by name', async () => {
    await outside.dr('U0ANA', 'timeline', channel);
    const { text } = await outside.seen('U0ANA', channel, /Ticked orders of looked/);
    expect(text).toMatch(/dov.*Declined reports of looked: the store is down/);
    expect(text).toMatch(/orders of looked is overdue; it is for cat/);
    expect(text.match(/orders of looked is overdue/g)).toHaveLength(1);
  });
});
