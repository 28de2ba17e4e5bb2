import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import type { Templates } from '../../src/broadcast/templates/sentences.ts';

const update = {
  label: 'INC-7',
  title: 'Checkout fails',
  severity: 'P1',
  system: 'Acme Shop',
  services: 'api, web',
  phase: 'recovering',
  began: '2026-03-01 13:05 UTC',
  body: 'Some orders fail.',
  automatic: false,
};

let templates: Templates;
beforeAll(async () => {
  templates = await loadTemplates({ shippedDir: 'templates' });
});

describe('a person known by a Slack id alone', () => {
  it.each(['declaration', 'stakeholder-update', 'completion'] as const)('has no id in the mail %s', (name) => {
    const { text, html } = templates.mail(name, { ...update, commander: 'U0XYZ123' });
    expect(`${text}${html}`).not.toContain('U0XYZ123');
    expect(text).toContain('Ask the incident commander, who leads the recovery.');
    expect(templates.mail(name, { ...update, commander: 'ana' }).html).toContain('Ask ana, who leads the recovery.');
  });

  it('is shown by Slack', () => {
    expect(templates.say('stakeholder-update', { ...update, commander: 'U0XYZ123' })).toContain('<@U0XYZ123>');
  });

  it('is a colleague where words go to Slack and mail alike', () => {
    expect(templates.say('hand-over-inside', { from: 'ana', to: 'U0XYZ123' })).toBe(
      'Command has passed from ana to a colleague.',
    );
  });
});

describe('many', () => {
  const fifty = Array.from({ length: 50 }, (_, at) => `service-${at + 1}`);

  it('services are named by the first few, and counted', () => {
    const said = templates.say('draft-outside', {
      system: 'Acme Shop',
      phase: 'recovering',
      affected: fifty,
      restored: fifty.slice(0, 11),
    });
    expect(said).toContain('service-10, and 40 more.');
    expect(said).toContain('service-11.');
    expect(said).not.toContain('service-12');
  });

  it('addresses are counted where they are told of, and all there to be copied', () => {
    const incident = { label: 'INC-7', title: 'Checkout fails' };
    const addresses = fifty.map((each) => `_${each}_@example.com`).join(', ');
    const refused = templates.say('mail-refused', { ...incident, addresses, why: 'No such mailbox.' });
    expect(refused).toContain('and 40 more was refused');
    const copied = templates.say('mail-to-copy', { ...incident, addresses, subject: 'Update', text: 'Words' });
    expect(copied).toContain(`\`\`\`${addresses}\`\`\``);
  });

  it('components stand below the words that a publisher copies', () => {
    const said = templates.say('public-to-copy', {
      label: 'INC-7',
      title: 'Checkout fails',
      page: 'page01',
      address: 'https://manage.statuspage.io/pages/page01',
      name: 'Acme Shop: disruption',
      status: 'identified',
      components: fifty,
      body: 'Some orders fail.',
      opens: true,
    });
    expect(said.indexOf('Some orders fail.')).toBeLessThan(said.indexOf('service-1'));
  });
});

describe('what is affected', () => {
  it.each(['stakeholder-update', 'customer-notice'] as const)(
    'is said once by %s around a draft that says it',
    (name) => {
      const body = templates.say('draft-outside', {
        system: 'Acme Shop',
        phase: 'recovering',
        affected: ['api'],
        restored: ['web'],
      });
      const affected = (said: string) => said.split(/[Aa]ffected:/).length - 1;
      expect(affected(templates.say(name, { ...update, body }))).toBe(1);
      expect(affected(templates.mail(name, { ...update, body }).text)).toBe(1);
    },
  );
});
