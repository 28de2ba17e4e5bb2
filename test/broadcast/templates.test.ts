import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import { formatFault } from '../../src/domain/errors.ts';

const shippedDir = 'templates';
const paused = { label: 'INC-7', title: 'Checkout fails', command: 'failover', why: 'promote failed: no replica' };
const notice = {
  system: 'Acme Shop',
  services: 'api, web',
  phase: 'recovering',
  began: '2026-03-01 13:05 UTC',
  body: 'Some orders fail.',
  automatic: false,
  nextUpdate: '14:30 UTC',
};

let homeDir = '';
beforeEach(async () => {
  homeDir = await mkdtemp(join(tmpdir(), 'muster-templates-'));
});
afterEach(() => rm(homeDir, { recursive: true }));
const write = (file: string, text: string) => writeFile(join(homeDir, file), text);
const load = () => loadTemplates({ homeDir, shippedDir });
const faults = async () => (await load()).faults.map(formatFault).map((fault) => fault.replace(`${homeDir}/`, ''));

describe('templates', () => {
  it('ship complete and without fault, and say what they are given', async () => {
    const templates = await loadTemplates({ shippedDir });
    expect(templates.faults).toEqual([]);
    expect(templates.say('run-paused', paused)).toContain('*failover* in INC-7 is paused: promote failed: no replica');
  });

  it('need no folder in a home', async () => {
    expect((await loadTemplates({ homeDir: join(homeDir, 'none'), shippedDir })).faults).toEqual([]);
  });

  it('give way to a home’s own', async () => {
    await write('run-paused.hbs', 'Halt: {{why}}\n');
    await write('README.md', 'Ours.');
    const templates = await load();
    expect(templates.say('run-paused', paused)).toBe('Halt: promote failed: no replica');
    expect(templates.files.get('run-paused.hbs')).toBe(join(homeDir, 'run-paused.hbs'));
    expect(templates.faults).toEqual([]);
  });

  it('give way to a home’s own mail', async () => {
    await write('customer-notice.mail.txt.hbs', 'Subject: About {{system}}, {{phase}}\n\nDear all,\n\n{{body}}\n');
    await write('customer-notice.mail.html.hbs', '<p>Dear all,</p>\n<p>{{body}}</p>\n');
    const { mail, faults: none } = await load();
    expect(none).toEqual([]);
    const said = mail('customer-notice', { ...notice, body: 'One & <two>\nthree' });
    expect(said.subject).toBe('About Acme Shop, recovering');
    expect(said.text).toBe('Dear all,\n\nOne & <two>\nthree\n');
    expect(said.html).toContain('<p>One &amp; &lt;two&gt;<br>\nthree</p>');
    expect(said.html).toMatch(/^<!doctype html>[\s\S]*color-scheme/);
  });

  it('leave a whole page of a home as it is', async () => {
    await write('all-clear.mail.txt.hbs', 'Subject: Over\n\nIt is over.\n');
    await write('all-clear.mail.html.hbs', '<!DOCTYPE html><html><body class="ours">{{system}}</body></html>\n');
    expect((await load()).mail('all-clear', notice).html).toBe(
      '<!DOCTYPE html><html><body class="ours">Acme Shop</body></html>',
    );
  });

  it('are given nothing from inside where they go outside', async () => {
    await write('customer-notice.hbs', '{{body}} ({{title}})');
    expect(await faults()).toEqual([
      'customer-notice.hbs:1:13 there is no value title here: known: system, services, phase, began, body, automatic, nextUpdate',
    ]);
    const inside = { ...notice, title: 'THE TITLE', label: 'INC-7', by: 'ana' };
    expect((await load()).say('customer-notice', inside)).not.toMatch(/THE TITLE|INC-7|ana/);
  });
});

describe('a value', () => {
  it.each([
    ['that pings everybody', '<!channel> <@U0ANA>', '&lt;!channel&gt; &lt;@U0ANA&gt;'],
    ['that is a link', '<https://evil.example|here>', '&lt;https://evil.example|here&gt;'],
    ['that is an entity', 'a &lt; b', 'a &amp;lt; b'],
    ['with a line of its own', 'fine\n> quoted', 'fine &gt; quoted'],
    ['that begins as a quotation', '> quoted', '› quoted'],
    ['that is formatted', '*bold* `code` _it_', '∗bold∗ ˋcodeˋ ˍitˍ'],
    ['with an underscore in a name', 'check_lag', 'check_lag'],
    ['that is a template', '{{constructor}} {{this}}', '{{constructor}} {{this}}'],
    ['that turns what stands around it', 'a\u202Eb \u0007c', 'a b c'],
    ['from right to left', 'קופה', '\u2068קופה\u2069'],
  ])('%s is shown in Slack as plain words', async (_, why, shown) => {
    const { say } = await load();
    const said = say('run-paused', { ...paused, why });
    expect(said.split('\n')[0]).toBe(`:double_vertical_bar: *failover* in INC-7 is paused: ${shown}`);
  });

  it('of several lines keeps them, each escaped, and no more than one empty line', async () => {
    await write('customer-notice.hbs', '{{body}}\n{{system}}');
    const body = '\r\n*One*\r\n> two\n\n\n\n<!here>\n';
    expect((await load()).say('customer-notice', { ...notice, body })).toBe('∗One∗\n› two\n\n&lt;!here&gt;\nAcme Shop');
  });

  it('that is to be copied stands in a code block as it is', async () => {
    await write('public-suggested.hbs', 'Send:\n{{body}}');
    const words = { label: 'INC-7', title: 'x', status: 'resolved', body: 'a  *b*\n\n\n```<c>' };
    expect((await load()).say('public-suggested', words)).toBe('Send:\n```a  *b*\n\n\nˋˋˋ&lt;c&gt;```');
  });

  it('that is a person known by their Slack id is shown as a person, and a title that looks like one as a title', async () => {
    const { say } = await load();
    const of = { label: 'INC-7', title: 'WORLD', what: 'failover', code: '3F9A21', by: 'U0EVE', reason: 'W0RD' };
    const text = say('glass-broken', of);
    expect(text).toContain('<@U0EVE> broke the glass in INC-7 (WORLD)');
    expect(text).toContain('Reason: W0RD.');
  });

  it('that names many services is shortened', async () => {
    const services = Array.from({ length: 50 }, (_, at) => `s${at + 1}`).join(', ');
    expect((await load()).say('customer-notice', { ...notice, services })).toContain('s9, s10 and 40 more');
  });
});

describe('words by phase', () => {
  it.each([
    ['investigating', /^We are investigating a disruption of api, web that began at/],
    ['recovering', /^We are working to restore api, web\./],
    ['monitoring', /^We are watching api, web after the disruption\./],
    ['resolved', /^The disruption of api, web that began at .* is over\.$/],
  ])('%s: what is said while nobody speaks is true then', async (phase, words) => {
    const { say } = await load();
    expect(say('holding-outside', { services: 'api, web', phase, began: notice.began })).toMatch(words);
  });

  it('a draft calls restored only what was seen to be', async () => {
    const { say } = await load();
    const system = 'Acme Shop';
    const halfway = say('draft-outside', { system, phase: 'monitoring', restored: ['web'], affected: ['api'] });
    expect(halfway).toBe(
      'Recovery has been carried out, and we are checking what does not work yet.\nAffected: api.\nWorking again: web.',
    );
    expect(say('draft-outside', { system, phase: 'monitoring', restored: ['web'], affected: [] })).toBe(
      'Service has been restored, and we are watching it.\nWorking again: web.',
    );
  });
});

describe('a fault of a template', () => {
  it.each([
    ['an unknown value', 'It stopped:\n {{wy}}', ':2:4 there is no value wy here: did you mean why?'],
    [
      'one in a branch that no example takes',
      '{{why}}{{#unless why}}{{titel}}{{/unless}}',
      ':1:25 there is no value titel here: did you mean title?',
    ],
    ['a way to the prototype', '{{constructor.name}}', ':1:3 there is no value constructor.name here'],
    ['an own word of objects', '{{toString}}', ':1:3 there is no value toString here'],
    ['a way out of the template', '{{../why}}', ':1:3 ../why leads out of the template'],
    ['a partial', '{{> other}}', ':1:1 a template cannot include another one'],
    ['a block left open', '{{why}}\n{{#if why}}', ':2:12 ends too early'],
    ['a block closed by another', '{{#if why}}x{{/unless}}', ':1:4 {{#if}} is closed by {{/unless}}'],
    ['a block closed twice', 'x {{/if}}', ':1:3 closes what was not opened'],
    ['a mark left open', 'one\ntwo {{why', ':2:7 is not Handlebars'],
    ['an unknown block', '{{#with why}}x{{/with}}', ':1:1 there is no {{#with}}: known: if, unless, each'],
    ['an unknown helper', '{{upper why}}', ':1:3 only a value can be printed'],
    ['a list where there is none', '{{#each why}}x{{/each}}', ':1:9 only a list has an each'],
    ['a line where there is no list', '{{this}}', ':1:3 this is a line of a list'],
    ['a question that is none', '{{#if (same why "x")}}x{{/if}}', ':1:8 expected a question such as'],
    ['nothing to say', '  \n', ':1:1 it says nothing'],
  ])('is told for %s, at its place', async (_, text, sentence) => {
    await write('run-paused.hbs', text);
    expect(await faults()).toEqual([expect.stringContaining(`run-paused.hbs${sentence}`)]);
    expect((await load()).say('run-paused', paused)).toContain('*failover* in INC-7 is paused');
  });

  it.each([
    ['a list printed as a value', 'draft-inside.hbs', '{{changes}}', ':1:3 changes is a list: write {{#each changes}}'],
    [
      'a value of outside inside a list',
      'draft-inside.hbs',
      '{{happening}}{{#each changes}}{{next}}{{/each}}',
      ':1:33 inside {{#each}} write ../next',
    ],
    [
      'a word that never is',
      'customer-notice.hbs',
      '{{body}}{{#if (is phase "recovring")}}x{{/if}}.',
      ':1:25 phase is never recovring: did you mean recovering?',
    ],
    [
      'nothing to say where its value is empty',
      'customer-notice.hbs',
      '{{body}}',
      ':1:1 it says nothing where there is as little to say as there can be',
    ],
    [
      'too many words for a name',
      'public-name.hbs',
      `{{systemTitle}}${'x'.repeat(230)}`,
      ':1:1 at its largest it has 310 characters: a public incident’s name takes 240',
    ],
    [
      'an unknown template',
      'run-pause.hbs',
      'x',
      ':1:1 there is no template run-pause.hbs: did you mean run-paused.hbs?',
    ],
    [
      'an unknown mail',
      'completoin.mail.txt.hbs',
      'x',
      ':1:1 there is no template completoin.mail.txt.hbs: did you mean completion.mail.txt.hbs?',
    ],
    ['another ending', 'run-paused.handlebars', 'x', ':1:1 there is no template run-paused.handlebars'],
  ])('is told for %s', async (_, file, text, sentence) => {
    await write(file, text);
    expect(await faults()).toEqual([expect.stringContaining(`${file}${sentence}`)]);
  });

  it.each([
    ['no subject', 'Dear all,\n\nhello\n', ':1:1 the first line is not a subject: expected `Subject: …`'],
    ['an empty subject', 'Subject:\n\nhello\n', ':1:1 the subject is empty'],
    ['no empty line below it', 'Subject: x\nhello\n', ':2:1 expected an empty line between the subject and the text'],
    ['no text', 'Subject: x\n\n', ':3:1 there is no text below the subject'],
    [
      'an unknown value in the subject',
      'Subject: {{titel}}\n\nhello\n',
      ':1:12 there is no value titel here: did you mean title?',
    ],
    ['an unknown value in the text', 'Subject: x\n\nhello\n\n {{titel}}\n', ':5:4 there is no value titel here'],
    ['a subject that is too long', 'Subject: {{services}}\n\nhello\n', ':1:1 at its largest it has'],
  ])('is told for a mail with %s', async (_, text, sentence) => {
    await write('declaration.mail.txt.hbs', text);
    await write('declaration.mail.html.hbs', '<p>hello</p>');
    expect(await faults()).toEqual([expect.stringContaining(`declaration.mail.txt.hbs${sentence}`)]);
    expect((await load()).files.get('declaration.mail.html.hbs')).toBe('templates/declaration.mail.html.hbs');
  });

  it('is told for a mail that lacks its other half, and for HTML that would not be escaped', async () => {
    await write('declaration.mail.txt.hbs', 'Subject: x\n\nhello\n');
    await write('completion.mail.txt.hbs', 'Subject: x\n\nhello\n');
    await write('completion.mail.html.hbs', '<p>{{{body}}}</p>{{&title}}');
    expect(await faults()).toEqual([
      'declaration.mail.html.hbs:1:1 this file is missing',
      'completion.mail.html.hbs:1:4 three braces would print HTML as it is: write two',
      'completion.mail.html.hbs:1:18 three braces would print HTML as it is: write two',
    ]);
  });

  it('is told for what cannot be read, and nothing else is lost by it', async () => {
    await mkdir(join(homeDir, 'run-paused.hbs'));
    await write('closed.hbs', 'Over: {{label}}');
    expect(await faults()).toEqual([expect.stringContaining('run-paused.hbs:1:1 cannot be read (EISDIR)')]);
    expect((await load()).say('closed', { label: 'INC-7', title: 'x' })).toBe('Over: INC-7');
  });

  it('is told for every shipped template that is missing', async () => {
    const templates = await loadTemplates({ shippedDir: homeDir });
    const missing = templates.faults.map((fault) => fault.file.replace(`${homeDir}/`, ''));
    expect(missing).toEqual(
      expect.arrayContaining(['consent-asked.hbs', 'declaration.mail.html.hbs', 'public-update.hbs']),
    );
  });
});

describe('when nothing else is left', () => {
  it('the plain form goes out, with values escaped for where they go, and says so', async () => {
    const { say, mail } = await loadTemplates({ shippedDir: homeDir });
    expect(say('run-paused', { ...paused, why: '<!channel> *x*' })).toBe(
      'Label: INC-7\nTitle: Checkout fails\nCommand: failover\nWhy: &lt;!channel&gt; ∗x∗\n(plain form: the template run-paused is broken)',
    );
    const said = mail('customer-notice', { ...notice, body: 'One <b>\r\ntwo' });
    expect(said.subject).toBe('Acme Shop');
    expect(said.text).toContain(
      'Body: One <b>\ntwo\nNext update: 14:30 UTC\n(plain form: the template customer-notice is broken)',
    );
    expect(said.html).toContain('<p>Body: One &lt;b&gt;</p>');
    expect(say('public-name', { systemTitle: 'Acme Shop', services: 'api' })).toBe(
      'System title: Acme Shop, Services: api',
    );
  });

  it('a template that breaks as it is used gives way to the shipped one, and is a fault from then on', async () => {
    await write('run-paused.hbs', '{{#if (is why "promote failed: no replica")}}{{else}}{{why}}{{/if}}');
    const templates = await load();
    expect(templates.faults).toEqual([]);
    for (const _ of [1, 2]) expect(templates.say('run-paused', paused)).toContain('*failover* in INC-7 is paused');
    expect(templates.faults.map(formatFault)).toEqual([`${homeDir}/run-paused.hbs:1:1 it says nothing`]);
  });

  it('values of a wrong type are shown as they are rather than lost', async () => {
    const templates = await load();
    const wrong = { ...paused, why: undefined } as unknown as typeof paused;
    expect(templates.say('run-paused', wrong)).toContain('Title: Checkout fails\nCommand: failover\n(plain form');
    expect(templates.faults[0]?.message).toContain('was given what it does not take');
  });
});
