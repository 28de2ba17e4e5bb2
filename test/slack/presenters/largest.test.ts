import { describe, expect, it } from '@jest/globals';
import { checkMessageBlocks, checkView } from '../../../sandbox/slack/limits.ts';
import type { Command } from '../../../src/domain/command.ts';
import { verdictOf } from '../../../src/domain/verdict.ts';
import { presentConsent } from '../../../src/slack/presenters/consent.ts';
import { presentHelp } from '../../../src/slack/presenters/help.ts';
import type { Words } from '../../../src/slack/presenters/message.ts';
import { failedModal, publishModal, skipModal } from '../../../src/slack/presenters/modals/ask.ts';
import { chooseIncidentModal, commandModal } from '../../../src/slack/presenters/modals/command.ts';
import { declareFirstModal } from '../../../src/slack/presenters/modals/declare.ts';
import type { Modal } from '../../../src/slack/presenters/modals/view.ts';
import { presentPlan } from '../../../src/slack/presenters/plan.ts';
import { presentPublicDraft } from '../../../src/slack/presenters/public-draft.ts';
import { presentDocument } from '../../../src/slack/presenters/review.ts';
import { checkOf, plannedStep, planOf } from '../../support/plans.ts';
import { townHome as home } from '../../support/town.ts';
import { consentViewOf, incidentOf, incidentViewOf, longPlan, now } from '../views.ts';

const longest = 'קשה <!channel> *bold* 🔥 '.repeat(120).slice(0, 3_000);
const frame = { title: '/dr failover', metadata: '', simulated: false };
const command: Command = {
  name: 'failover',
  purpose: 'recovery',
  title: 'Fail over',
  modes: ['graceful'],
  objectives: {},
  inputs: {},
  steps: [],
};

function textsOf(blocks: Words['blocks'] | Modal['blocks']): string[] {
  return blocks.flatMap((block) =>
    'text' in block && block.type === 'section' && block.text ? [block.text.text] : [],
  );
}

function buttonsOf({ blocks }: Words): string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((each) => ('text' in each && each.text ? [each.text.text] : []))
      : [],
  );
}

describe('a plan of 40 steps', () => {
  const steps = Array.from({ length: 40 }, (_, index) =>
    plannedStep(`step_${index}`, { needs: Array.from({ length: index }, (_each, need) => `step_${need}`) }),
  );
  const plan = planOf(steps, { code: 'K7F3Q2' });

  it('says what to do next and how much there is before its first step, and names its parts', () => {
    const [first, ...below] = presentPlan(longPlan(40, 'several words '.repeat(9)), { home, simulated: false });
    expect(textsOf(first.blocks)[0]).toMatch(/^[^\n]*Blocked[^\n]*\n👉 Nothing has been changed/);
    expect(JSON.stringify(first.blocks.at(-1))).toContain(`Part 1 of ${below.length + 1}: it goes on in the thread.`);
    for (const [index, part] of below.entries()) {
      expect(JSON.stringify(part.blocks[0])).toContain(`part ${index + 2} of ${below.length + 1}`);
    }
  });

  it('names of a long way its beginning and its end, and of many needs the first', () => {
    const [first] = presentPlan(plan, { home, simulated: false });
    expect(textsOf(first.blocks)[0]).toContain('`step_3` → 34 more → `step_38` → `step_39`');
    expect(textsOf(first.blocks).join('\n')).not.toContain('`step_20`, `step_21`');
  });

  it('says of each step what it would lose, and first what nobody knows', () => {
    const risky = planOf(
      [1, 2, 3, 4, 5, null].map((seconds, index) =>
        plannedStep(`risk_${index}`, { dataAtRisk: { seconds, explain: `because of ${seconds}` } }),
      ),
    );
    const [first] = presentPlan(risky, { home, simulated: false });
    const [top = '', ...rest] = textsOf(first.blocks);
    expect([...top.matchAll(/because of (\w+)/g)].map(([, seconds]) => seconds)).toEqual(['null', '5', '4']);
    expect(top).toContain('3 more steps put data at risk');
    expect(rest.join('\n')).toContain('data at risk: 2s of writes');
  });

  it('is asked for with its buttons, whatever it says', () => {
    const acceptances = steps.map(({ id }) => ({ check: `${id}/lag`, reason: longest.slice(0, 500), by: 'ana' }));
    for (const each of [plan, { ...longPlan(40, longest), acceptances }]) {
      const words = presentConsent(consentViewOf({ plan: each }), home);
      expect(checkMessageBlocks(words.blocks)).toBeUndefined();
      expect(buttonsOf(words)).toEqual(['Approve K7F3Q2', 'Break glass…']);
      expect(JSON.stringify(words.blocks)).not.toContain('did not fit');
      expect(JSON.stringify(words.blocks)).toMatch(/and \d+ more steps change something: all are in the plan/);
    }
  });

  it('shows its sections whole', () => {
    const [first] = presentPlan(plan, { home, simulated: false });
    const sections = first.blocks.filter(({ type }) => type === 'section');
    expect(sections.every((block) => 'expand' in block && block.expand === true)).toBe(true);
  });
});

describe('the form of a command', () => {
  const unknowns = (count: number) => {
    const checks = Array.from({ length: count }, (_, at) =>
      checkOf('unknown', { id: `check_${at}`, carry: 'with-reason' }),
    );
    return planOf([plannedStep('scale', { checks })], { code: 'K7F3Q2', incidentId: 7 });
  };
  const formOf = (plan: ReturnType<typeof unknowns>) =>
    commandModal({ ...frame, home, command, made: { plan, ...verdictOf(plan) }, question: true });

  it('says which command and which incident it is for', () => {
    expect(textsOf(formOf(unknowns(0)).blocks)[0]).toMatch(/^INC-7 · `failover` · \*Fail over to the standby Region\*/);
  });

  it('asks a reason of each unknown, once', () => {
    const view = formOf(unknowns(60));
    expect(checkView(view, 'modal')).toBeUndefined();
    const phrase = view.blocks.findIndex(({ block_id: id }) => id === 'phrase');
    expect(view.blocks.slice(0, phrase).filter(({ type }) => type === 'input')).toHaveLength(60);
    // What has many lines stands below what is to be typed.
    expect(view.blocks.findIndex((block) => JSON.stringify(block).includes('*What changes*'))).toBe(phrase + 1);
    expect(textsOf(view.blocks)[0]).toContain('60 readings are unknown: say of each below why it may stay so.');
    expect(textsOf(view.blocks).join('\n')).not.toContain('replica lag');
  });

  it('asks nothing where it could not hold every question', () => {
    const view = formOf(unknowns(61));
    expect(view.submit).toBeUndefined();
    expect(JSON.stringify(view)).toContain('61 readings are unknown, and a form asks for 60 reasons at most.');
    expect(view.blocks.filter(({ type }) => type === 'input')).toEqual([]);
  });

  it('says which incidents it does not offer', () => {
    const incidents = Array.from({ length: 120 }, (_, id) => incidentOf({ id }));
    expect(JSON.stringify(chooseIncidentModal(frame, incidents))).toContain('20 more are open');
    expect(JSON.stringify(chooseIncidentModal(frame, incidents.slice(0, 100)))).not.toContain('more are open');
  });
});

describe('a title', () => {
  it('says what is done, whatever it is done to', () => {
    const step = 'call_the_carrier_and_wait_for_it';
    const titles = [skipModal(frame, { step }), failedModal(frame, { step }), failedModal(frame, { step: 'call' })];
    expect(titles.map(({ title }) => title.text)).toEqual(['Skip a step', 'A step failed', 'call failed']);
    const ask = { home, commands: [], now, title: '', metadata: '', simulated: false };
    expect(declareFirstModal({ ...ask, command: 'failover-analytics' }).title.text).toBe('Declare, then plan');
  });
});

describe('the public words', () => {
  const components = ['cmp_web', 'cmp_api', 'cmp_other'];
  const draft = { name: 'Acme Shop: disruption', body: 'It fails.', components, canPost: false, page: null };

  it('name components as people know them', () => {
    expect(presentPublicDraft(incidentViewOf(), draft, home).text).toContain('Components: web, api and cmp_other');
  });

  it('are handed over whole, with their name and components', () => {
    const [first = ''] = textsOf(publishModal(frame, draft, home).blocks);
    expect(first).toContain('*Name:* Acme Shop: disruption\n*Components:* web, api and cmp_other');
  });
});

describe('a document where Slack takes no file', () => {
  it('reads as it was written, without the marks of Markdown', () => {
    const markdown = '# Of \\#inc-7\n\n| A | B |\n| --- | --- |\n| dr\\_database | a \\| b \\*c\\* **d** |\n';
    const [{ blocks }] = presentDocument({ name: 'post-mortem.md', markdown }, false);
    expect(textsOf(blocks).join('\n')).toContain('*Of #inc-7*\n\n• A · B\n• dr_database · a | b ∗c∗ d');
  });
});

describe('the help of fifty commands', () => {
  const commands = Array.from({ length: 50 }, (_, at) => ({ ...command, name: `failover-${at}` }));
  const standing = { incident: incidentOf(), run: null, roles: new Set(['commanders'] as const), simulated: false };

  it('fits, with one line of each', () => {
    const { blocks } = presentHelp({ ...standing, commands, consents: [] });
    expect(JSON.stringify(blocks)).not.toContain('did not fit');
    expect(
      textsOf(blocks)
        .join('\n')
        .match(/\/dr plan/g),
    ).toHaveLength(1);
  });

  it('names last what is a last resort', () => {
    const lines = textsOf(presentHelp({ ...standing, commands, consents: [consentViewOf()] }).blocks)
      .join('\n')
      .split('\n');
    const mine = lines.slice(1, lines.indexOf('*Others may*'));
    expect(mine.at(-1)).toContain('break-glass K7F3Q2 REASON');
    expect(mine[0]).toContain('/dr failover-0');
  });
});
