import { describe, expect, it } from '@jest/globals';
import { assertPagerSecret } from '../../src/config/pager-secret.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { readSettings } from '../../src/config/settings.ts';
import { changed, faultsOf, homeText } from '../commands/samples.ts';

const faultsAfter = (from: string, to: string) => faultsOf(() => parseHome(changed(from, to, homeText), 'muster.yml'));
const stakeholders = 'stakeholders: [directors@example.com, it-managers@example.com]';

describe('who is mailed and paged', () => {
  it.each([
    [
      'something that is no address',
      stakeholders,
      'stakeholders: [directors]',
      '60:18 stakeholders[0]: expected an e-mail address, found "directors"',
    ],
    [
      'a sender that is no address',
      'from: dr@example.com',
      'from: dr',
      '59:9 from: expected an e-mail address, found "dr"',
    ],
    ['lists without a sender', '  from: dr@example.com\n', '', 'from is missing'],
    ['an address twice', 'it-managers@', 'Directors@', '60:41 Directors@example.com is in stakeholders already'],
    [
      'an address in two lists',
      'account-managers@',
      'directors@',
      '60:18 directors@example.com is in customers already',
    ],
    [
      'a person without an address',
      'email: ben@example.com',
      'email: ben',
      '45:31 email: expected an e-mail address, found "ben"',
    ],
    ['rungs out of order', '[0m, 5m, 15m, 30m]', '[0m, 15m, 5m]', '38:96 5m is not after 15m'],
    ['a rung twice', '[0m, 15m, 30m]', '[0m, 15m, 900s]', '900s is not after 15m'],
    ['a pager that is no address', 'https://pager.example.com/v2/enqueue', 'pager', '64:8 url: expected an address'],
    ['a pager that is no web address', 'https://pager.example.com/v2/enqueue', 'ftp://pager', '64:8 url:'],
    ['an unknown value', '{{summary}}', '{{sumary}}', '69:18 there is no value sumary here: did you mean summary?'],
    [
      'an unknown value in a branch',
      '{{summary}}',
      '{{#if title}}a{{else}}{{why}}{{/if}}',
      'there is no value why here',
    ],
    ['a value inside a value', '{{summary}}', '{{title.length}}', 'there is no value title.length here'],
    ['a template that does not end', '{{summary}}', '{{summary', '69:18 this text does not render: Parse error'],
    ['a partial', '{{summary}}', '{{> other}}', 'cannot include another one'],
    ['a helper that is not there', '{{summary}}', '{{upper title}}', 'there is no value upper here'],
    ['a body without its key', '"{{key}}"', 'fixed', '65:3 body never says {{key}}'],
    ['a body that never says what happened', '"{{action}}"', 'trigger', '65:3 body never says {{action}}'],
  ])('is refused for %s', (_what, from, to, fault) => {
    expect(faultsAfter(from, to).join('\n')).toContain(fault);
  });

  it('takes a pager without a body, and a body with branches', () => {
    const body = homeText.slice(homeText.indexOf('  body:'), homeText.indexOf('broadcasts:'));
    expect(faultsAfter(body, '')).toEqual([]);
    expect(faultsAfter('{{summary}}', '{{#if summary}}{{summary}}{{else}}{{title}}{{/if}}')).toEqual([]);
  });
});

describe('the secret of the pager', () => {
  const home = parseHome(homeText, 'muster.yml');
  const { pager: _pager, ...unpaged } = home;

  it('is needed where muster.yml names a pager, and nowhere else', () => {
    expect(() => assertPagerSecret(readSettings({}), home)).toThrow('MUSTER_PAGER_SECRET is missing');
    expect(() => assertPagerSecret(readSettings({}), unpaged)).not.toThrow();
    expect(() => assertPagerSecret(readSettings({ MUSTER_PAGER_SECRET: 'x'.repeat(16) }), home)).not.toThrow();
  });

  it.each([
    ['MUSTER_PAGER_SECRET', 'short', 'MUSTER_PAGER_SECRET should have at least 16 characters'],
    ['SMTP_URL', 'smtps://u:100%hunter2@host', 'SMTP_URL should have its user and password percent-encoded'],
    ['SMTP_URL', 'smtp:hunter2', 'SMTP_URL should be an address such as smtps://user@host:465'],
  ])('and the mail server’s are refused without their value: %s %s', (name, value, sentence) => {
    const read = () => readSettings({ [name]: value });
    expect(read).toThrow(sentence);
    expect(read).not.toThrow(value);
  });
});
