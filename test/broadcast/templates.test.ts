import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadTemplates } from '../../src/broadcast/load-templates.ts';
import { shippedTemplates } from '../support/town.ts';

const paused = { label: 'INC-7', title: 'Checkout fails', command: 'failover', why: 'promote failed: no replica' };

describe('templates', () => {
  let homeDir = '';
  beforeEach(async () => {
    homeDir = await mkdtemp(join(tmpdir(), 'muster-templates-'));
  });
  afterEach(() => rm(homeDir, { recursive: true }));
  const write = (name: string, text: string) => writeFile(join(homeDir, `${name}.hbs`), text);
  const load = () => loadTemplates({ homeDir, shippedDir: shippedTemplates });

  it('ship complete, and say what they are given', async () => {
    const say = await loadTemplates({ shippedDir: shippedTemplates });
    expect(say('run-paused', paused)).toContain('*failover* in INC-7 is paused: promote failed: no replica');
  });

  it('give way to a home’s own', async () => {
    await write('run-paused', 'Halt: {{why}}\n');
    expect((await load())('run-paused', paused)).toBe('Halt: promote failed: no replica');
  });

  it.each([
    ['a value that pings everybody', '<!channel> <@U0ANA>', '&lt;!channel&gt; &lt;@U0ANA&gt;'],
    ['a link', '<https://evil.example|here>', '&lt;https://evil.example|here&gt;'],
    ['an entity', 'a &lt; b', 'a &amp;lt; b'],
    ['a line of its own', 'fine\n> quoted', 'fine &gt; quoted'],
    ['formatting', '*bold* `code`', '\u200B*bold\u200B* \u200B`code\u200B`'],
    ['a name with an underscore', 'check_lag', 'check_lag'],
    ['a template', '{{constructor}} {{this}}', '{{constructor}} {{this}}'],
  ])('show %s as plain words', async (_, why, shown) => {
    const say = await load();
    expect(say('run-paused', { ...paused, why })).toBe(`:double_vertical_bar: *failover* in INC-7 is paused: ${shown}`);
  });

  it('show a person known by their Slack id as a person, and a title that looks like one as a title', async () => {
    const say = await load();
    const text = say('glass-broken', { ...paused, title: 'WORLD', code: '3F9A21', by: 'U0EVE', reason: 'W0RD' });
    expect(text).toContain('<@U0EVE> broke the glass in INC-7 (WORLD)');
    expect(text).toContain('Reason: W0RD.');
  });

  it.each([
    [
      'an unknown value',
      'run-paused',
      'It stopped:\n {{wy}}',
      'run-paused.hbs:2:4 there is no value wy here: did you mean why?',
    ],
    [
      'one in a branch that no example takes',
      'run-paused',
      '{{why}}{{#unless why}}{{titel}}{{/unless}}',
      'there is no value titel here: did you mean title?',
    ],
    ['a way to the prototype', 'run-paused', '{{constructor.name}}', 'there is no value constructor.name here'],
    ['a partial', 'run-paused', '{{> other}}', 'a template cannot include another one'],
    ['a block left open', 'run-paused', '{{why}}\n{{#if why}}', 'run-paused.hbs:2'],
    ['nothing to say', 'run-paused', '  \n', 'run-paused.hbs:1:1 it says nothing'],
    [
      'an unknown template',
      'run-pause',
      'x',
      'run-pause.hbs:1:1 there is no template run-pause: did you mean run-paused?',
    ],
  ])('are refused with %s, at its place', async (_, name, text, sentence) => {
    await write(name, text);
    await expect(load()).rejects.toThrow(sentence);
  });

  it('are refused, all of them by name, where none is shipped', async () => {
    await expect(loadTemplates({ shippedDir: homeDir })).rejects.toThrow(
      /consent-asked\.hbs:1:1 this template is missing[\s\S]*public-resolved\.hbs/,
    );
  });
});
