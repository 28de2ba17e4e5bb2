import { describe, expect, it } from '@jest/globals';
import { mrkdwnOf, plainOf } from '../../../../sandbox/web/src/talk/text/mrkdwn.ts';

/** All pieces, one after another. */
const lineOf = (text: string): unknown[] => mrkdwnOf(text).flatMap<unknown>((part) => part.elements);
const wordsOf = (piece: unknown): unknown => (piece as { text?: string }).text;

describe('mrkdwn as rich text', () => {
  it('styles what stands between marks, one within the other', () => {
    expect(lineOf('a *b _c_* ~d~ `*e*`')).toEqual([
      { type: 'text', text: 'a ', style: {} },
      { type: 'text', text: 'b ', style: { bold: true } },
      { type: 'text', text: 'c', style: { bold: true, italic: true } },
      { type: 'text', text: ' ', style: {} },
      { type: 'text', text: 'd', style: { strike: true } },
      { type: 'text', text: ' ', style: {} },
      { type: 'text', text: '*e*', style: { code: true } },
    ]);
  });

  it('leaves marks within words alone', () => {
    expect(lineOf('prod_db_1 and 2*3*4')).toEqual([{ type: 'text', text: 'prod_db_1 and 2*3*4', style: {} }]);
  });

  it('takes nothing for a mention that was escaped, and no letters for Markdown', () => {
    const text = '&lt;!channel&gt; @channel &amp;lt;\n# one\n- two\n---';
    expect(lineOf(text).map(wordsOf)).toEqual(['<!channel> @channel &lt;', '\n', '# one', '\n', '- two', '\n', '---']);
  });

  it('knows people, channels, groups, everybody, dates and links', () => {
    const text =
      '<@U0ANA><#C1|general><!subteam^S1|@team><!here><!date^1718000000^{time}^https://a.example|then><https://b.example|b>';
    expect(lineOf(text)).toMatchObject([
      { type: 'user', user_id: 'U0ANA' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'usergroup', usergroup_id: 'team' },
      { type: 'broadcast', range: 'here' },
      { type: 'date', timestamp: 1_718_000_000, format: '{time}^https://a.example' },
      { type: 'link', url: 'https://b.example', text: 'b' },
    ]);
  });

  it('makes no link of what a browser must not follow', () => {
    expect(lineOf('<javascript:alert(1)|press>')).toEqual([{ type: 'text', text: 'press', style: {} }]);
  });

  it('keeps code as it is, and quotes apart', () => {
    expect(mrkdwnOf('see\n```\n*a* &lt;b&gt;\n> c```\n> said\nafter')).toMatchObject([
      { type: 'rich_text_section', elements: [{ text: 'see' }] },
      { type: 'rich_text_preformatted', elements: [{ text: '*a* <b>\n> c' }] },
      { type: 'rich_text_quote', elements: [{ text: 'said' }] },
      { type: 'rich_text_section', elements: [{ text: 'after' }] },
    ]);
  });
});

describe('plain text', () => {
  it('is its letters and emoji', () => {
    expect(plainOf('*a* :tada: <b>')).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: '*a* ' },
          { type: 'emoji', name: 'tada' },
          { type: 'text', text: ' <b>' },
        ],
      },
    ]);
  });
});
