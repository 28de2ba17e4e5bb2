import { describe, expect, it } from '@jest/globals';
import type { BotState } from '../../../sandbox/bot-process.ts';
import { botWords } from '../../../sandbox/web/src/frame/bot-words.ts';
import { freshPanes, look, type Told } from '../../../sandbox/web/src/frame/news.ts';
import { shortcutOf } from '../../../sandbox/web/src/frame/shortcuts.ts';
import { zoneOf } from '../../../sandbox/web/src/frame/times.ts';
import type { Channel } from '../../../sandbox/web/src/state/slices.ts';

describe('how Muster is', () => {
  const up: BotState = { state: 'up', pid: 7, restarts: 0, lastEnd: null, endedAt: null, againInMs: null };
  const killed: BotState = { ...up, restarts: 1, lastEnd: 'SIGKILL', endedAt: '2026-01-01T10:00:00Z', againInMs: 4000 };
  const at = new Date('2026-01-01T10:00:00Z').toLocaleTimeString('en-GB', { timeStyle: 'medium' });

  it.each<[string, BotState | undefined, string]>([
    ['good', up, 'Muster is up'],
    ['warn', { ...up, state: 'starting' }, 'Muster is starting'],
    ['bad', { ...killed, state: 'restarting' }, `Muster was killed at ${at}, starts again in 4 s`],
    ['warn', { ...killed, state: 'starting' }, `Muster was killed at ${at}, and is starting again`],
    ['good', killed, `Muster is back: it was killed at ${at} and went on`],
    [
      'bad',
      { ...killed, state: 'restarting', lastEnd: 'exit code 1' },
      `Muster ended (exit code 1) at ${at}, starts again in 4 s`,
    ],
    ['plain', undefined, 'Muster is not run by this sandbox'],
  ])('%s: %j', (tone, bot, words) => expect(botWords(bot)).toEqual({ tone, words }));
});

it('says in which zone it shows a time', () => {
  const zone = new Date('2026-01-01T10:00:00Z')
    .toLocaleTimeString('en-GB', { timeZoneName: 'short' })
    .split(' ')
    .at(-1);
  expect(zoneOf('2026-01-01T10:00:00Z')).toBe(zone);
});

describe('what is new in the parts that are not shown', () => {
  const channel = (id: string, last: string): Channel => ({
    id,
    name: id,
    kind: 'public',
    is_archived: false,
    members: [],
    topic: '',
    pins: [],
    last,
  });
  const told = (here: string, there: string, refused = 0): Told => ({
    channels: [channel('C1', here), channel('C2', there)],
    refused: Array.from({ length: refused }, () => ({ at: '1', from: 'Slack', where: '', error: '', detail: [] })),
  });

  it('is nothing at first, and then what came since it was looked at', () => {
    const seen = look(null, told('1', '1'), 'world', 'C1');
    expect(freshPanes(seen, told('1', '1'))).toEqual([]);
    expect(freshPanes(seen, told('2', '1'))).toEqual(['talk']);
    expect(freshPanes(seen, told('1', '2', 1))).toEqual(['channels', 'trouble']);
  });

  it('is old once its part is shown', () => {
    const seen = look(null, told('1', '1'), 'world', 'C1');
    const now = told('2', '2');
    const looked = look(seen, now, 'talk', 'C1');
    expect(freshPanes(looked, now)).toEqual(['channels']);
    expect(look(looked, now, 'talk', 'C1')).toBe(looked);
  });

  it('is not what another channel held when it was chosen', () => {
    const seen = look(null, told('1', '1'), 'world', 'C1');
    const now = told('1', '1');
    expect(freshPanes(look(seen, now, 'world', 'C2'), now)).toEqual([]);
  });
});

describe('a single key', () => {
  const pressed = (key: string, also: object = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    defaultPrevented: false,
    ...also,
  });

  it('does what it is for', () => {
    expect(shortcutOf(pressed('/'), false)).toEqual({ does: 'compose' });
    expect(shortcutOf(pressed('t'), false)).toEqual({ does: 'show', pane: 'trouble' });
    expect(shortcutOf(pressed('x'), false)).toBeUndefined();
  });

  it('is text where somebody types, and the browser’s with a modifier', () => {
    expect(shortcutOf(pressed('/'), true)).toBeUndefined();
    for (const also of [
      { ctrlKey: true },
      { metaKey: true },
      { altKey: true },
      { isComposing: true },
      { defaultPrevented: true },
    ]) {
      expect(shortcutOf(pressed('t', also), false)).toBeUndefined();
    }
  });
});
