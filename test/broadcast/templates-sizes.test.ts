import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Described, described } from '../../src/broadcast/templates/described.ts';
import type { Field } from '../../src/broadcast/templates/fields.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import { markSimulated } from '../../src/broadcast/templates/mail-page.ts';
import type { MailWords, Templates } from '../../src/broadcast/templates/sentences.ts';

/** Everything that a value may try, over and over. */
const worst =
  'ש׳ قاعدة 🔥 <!channel> <@U0EVE> <https://x|y> *bold* _it_ ~no~ `code` {{x}} <b>"&amp;"</b>\u202Eevil\u0007 ';
const fill = (length: number) => worst.repeat(Math.ceil(length / worst.length)).slice(0, length);
const fifty = Array.from({ length: 50 }, (_, at) => `service-${at + 1}`);

function worstOf(key: string, { kind, words }: Field): unknown {
  if (words) return words[0];
  if (kind === 'flag') return true;
  if (kind === 'count') return 7;
  if (kind === 'list') return key === 'changes' ? Array.from({ length: 8 }, () => fill(75)) : fifty;
  if (kind === 'lines' || kind === 'copy') return `${fill(1500)}\r\n> ${fill(1490)}`.slice(0, 3000);
  return key === 'services' ? fifty.join(', ') : fill(150);
}

let templates: Templates;
beforeAll(async () => {
  templates = await loadTemplates({ shippedDir: 'templates' });
});

type Input = Parameters<Templates['say']>[1] & Parameters<Templates['mail']>[1];
const worstInput = ({ inputs }: Described) =>
  Object.fromEntries(inputs.map(({ key, field }) => [key, worstOf(key, field)])) as unknown as Input;

const goingTo = (...places: Described['goes'][]) =>
  described.filter(({ goes }) => places.includes(goes)).map((one) => [one.name, one] as const);

const sayWorst = (one: Described) => templates.say(one.name as Parameters<Templates['say']>[0], worstInput(one));
const mailWorst = (one: Described) => templates.mail(one.name as Parameters<Templates['mail']>[0], worstInput(one));
const unseen = /[\u202a-\u202e\u2066\u2067]|[^\P{Cc}\n]/u;

describe('in Slack', () => {
  it.each(goingTo('slack'))('%s pings nobody, formats nothing and fits', (_, one) => {
    const said = sayWorst(one);
    expect(said.length).toBeLessThan(40_000);
    expect(said).not.toMatch(/<(?!@U)/);
    expect(said).not.toContain('<@U0EVE>');
    expect(said).toContain('{{x}}');
    const outsideCode = said.replace(/```[\s\S]*?```/g, '');
    expect(outsideCode).not.toMatch(/\*bold|_it_|~no~|`code|^>/m);
    expect(outsideCode).not.toMatch(unseen);
    expect(said.split('```').length % 2).toBe(1);
  });
});

describe('on the page and in the editor', () => {
  it.each(goingTo('page', 'name', 'draft'))('%s is plain, and fits', (_, one) => {
    const said = sayWorst(one);
    expect(said.length).toBeLessThanOrEqual({ page: 25_000, name: 255, draft: 3_000 }[one.goes as 'page']);
    expect(said).not.toMatch(unseen);
    if (one.goes !== 'draft') expect(said).not.toMatch(/[<>]/);
    if (one.goes === 'name') expect(said).not.toContain('\n');
  });
});

describe('by mail', () => {
  const tags = ({ html }: MailWords) => [...new Set(html.match(/<\/?[a-z!]\w*/gi))].sort();

  it.each(goingTo('mail'))('%s has one line of subject, and no markup but its own', (_, one) => {
    const said = mailWorst(one);
    expect(said.subject.length).toBeLessThan(188);
    expect(said.subject).not.toMatch(/[\r\n]/);
    expect(said.subject).not.toMatch(unseen);
    expect(said.text).not.toMatch(unseen);
    expect(said.text).not.toMatch(/&lt;|&amp;lt;/);
    const usual = one.example(templates, 'example') as MailWords;
    expect(tags(said).filter((tag) => !tags(usual).includes(tag) && !/^<\/?br$/.test(tag))).toEqual([]);
    expect(said.html).not.toMatch(/<img|<link|<script|src=|url\(/);
    expect(said.html).not.toMatch(/(?<!-)color:/);
  });

  it.each(goingTo('mail'))('%s says in every part that it is simulated', (_, one) => {
    const { subject, text, html } = markSimulated(mailWorst(one));
    expect(subject).toMatch(/^\[Simulated\] /);
    expect(subject.length).toBeLessThan(200);
    expect(text).toMatch(/^\[Simulated\] This is a simulation/);
    expect(html).toMatch(/<body[^>]*>\s*<p[^>]*><strong>This is a simulation/);
  });
});

describe('at its smallest', () => {
  it.each(described.map((one) => [`${one.name} (${one.goes})`, one] as const))(
    '%s says something, in whole lines',
    (_, one) => {
      const said = one.example(templates, 'least');
      expect(said.text.trim()).not.toBe('');
      expect(said.text).not.toMatch(/\n{3}|^\n|undefined|\{\{| ,|: *\.|[ \t](\n|$)/);
      expect(said.text).not.toMatch(/[Nn]ext update by/);
    },
  );
});

describe('the next update', () => {
  const promising = described.filter(({ inputs }) => inputs.some(({ key }) => key === 'nextUpdate'));
  it.each(promising.map((one) => [`${one.name} (${one.goes})`, one] as const))(
    'is named by %s when it is promised',
    (_, one) => {
      const said = one.example(templates, 'example');
      expect(said.text).toContain('Next update by 15:30 CET (14:30 UTC).');
      if ('html' in said) expect(said.html).toContain('Next update by 15:30 CET (14:30 UTC).');
      if (one.goes === 'page') expect(said.text.trimEnd()).toMatch(/Next update by [^\n]*$/);
    },
  );
});

describe('words for outside', () => {
  it.each(['customer-notice', 'all-clear', 'public-update', 'draft-outside', 'holding-outside', 'public-opened'])(
    '%s cannot name what is inside',
    (name) => {
      const keys = described.filter((one) => one.name === name).flatMap(({ inputs }) => inputs.map(({ key }) => key));
      expect(keys).not.toEqual([]);
      expect(
        keys.filter((key) => ['label', 'title', 'by', 'commander', 'severity', 'command', 'region'].includes(key)),
      ).toEqual([]);
    },
  );
});
