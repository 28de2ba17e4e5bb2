import { describe, expect, it } from '@jest/globals';
import { code, defused, link, plain, said } from '../../../src/slack/presenters/escape.ts';
import { duration, instant } from '../../../src/slack/presenters/times.ts';

describe('words that people typed', () => {
  it('are shown as they are, and mean nothing to Slack', () => {
    expect(said('<!channel> & *bold* dr_database')).toBe('&lt;!channel&gt; &amp; ∗bold∗ dr_database');
    expect(said('a\nb\u202ec')).toBe('a b c');
    expect(code('a`b')).toBe('`aˋb`');
    expect(plain('<!here>')).toBe('‹!here›');
  });

  it('keep people and links of a finished sentence, and no broadcast', () => {
    expect(defused('<@U0BEN> see <https://a.example/x|the page> <!here> <!subteam^S0X>')).toBe(
      '<@U0BEN> see <https://a.example/x|the page> &lt;!here> &lt;!subteam^S0X>',
    );
  });

  it('link only where a browser may go', () => {
    expect(link('https://status.example.com/i?a=1|2', 'page')).toBe('<https://status.example.com/i?a=1%7C2|page>');
    expect(link('javascript:alert(1)', 'page')).toBe('page');
  });
});

describe('times', () => {
  const at = new Date('2026-03-01T23:30:00Z');
  it('are at home and in UTC, with a day wherever it could be mistaken', () => {
    expect(instant(new Date('2026-03-01T14:05:00Z'), 'Europe/Berlin', at)).toBe('15:05 CET (14:05 UTC)');
    expect(instant(at, 'Europe/Berlin', at)).toBe('2 Mar 2026 00:30 CET (1 Mar 2026 23:30 UTC)');
    expect(instant(at, 'UTC', at)).toBe('23:30 UTC');
    expect(duration(4_325_000)).toBe('1h 12m');
  });
});
