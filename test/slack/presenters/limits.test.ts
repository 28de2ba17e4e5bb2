import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkMessageBlocks, checkView } from '../../../sandbox/slack/limits.ts';
import type { ItemState } from '../../../src/domain/checklist.ts';
import type { Command } from '../../../src/domain/command.ts';
import type { NamedContact } from '../../../src/domain/contacts.ts';
import { verdictOf } from '../../../src/domain/verdict.ts';
import type { ChecklistView } from '../../../src/domain/views.ts';
import { presentAnnouncement } from '../../../src/slack/presenters/announcement.ts';
import { presentChecklist } from '../../../src/slack/presenters/checklist.ts';
import { presentConsent } from '../../../src/slack/presenters/consent.ts';
import { presentContacts } from '../../../src/slack/presenters/contacts.ts';
import { saidLines } from '../../../src/slack/presenters/escape.ts';
import { presentHelp } from '../../../src/slack/presenters/help.ts';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import type { Words } from '../../../src/slack/presenters/message.ts';
import { publishModal, skipModal } from '../../../src/slack/presenters/modals/ask.ts';
import { checklistModal } from '../../../src/slack/presenters/modals/checklist.ts';
import {
  chooseIncidentModal,
  commandModal,
  readingModal,
  refusedModal,
} from '../../../src/slack/presenters/modals/command.ts';
import { declareFirstModal, declareModal } from '../../../src/slack/presenters/modals/declare.ts';
import { previewModal } from '../../../src/slack/presenters/modals/preview.ts';
import { readingUpdateModal, updateModal } from '../../../src/slack/presenters/modals/update.ts';
import { presentPlan } from '../../../src/slack/presenters/plan.ts';
import { presentPublicDraft } from '../../../src/slack/presenters/public-draft.ts';
import { presentDocument, presentReport, presentReview } from '../../../src/slack/presenters/review.ts';
import { presentRun } from '../../../src/slack/presenters/run.ts';
import { presentAnswer, presentSentence } from '../../../src/slack/presenters/sentence.ts';
import { presentList, presentStatus } from '../../../src/slack/presenters/status.ts';
import { presentTimeline } from '../../../src/slack/presenters/timeline.ts';
import { presentUpdateDraft } from '../../../src/slack/presenters/update-draft.ts';
import type { UpdateChoice } from '../../../src/slack/values.ts';
import { stateOf } from '../../support/rows.ts';
import { townHome as home } from '../../support/town.ts';
import {
  audienceViewsOf,
  checklistViewOf,
  consentViewOf,
  draftViewOf,
  entryOf,
  incidentOf,
  incidentViewOf,
  longPlan,
  now,
  previewsOf,
  reviewViewOf,
  runViewOf,
  updateFormOf,
} from '../views.ts';

/** What people type when they mean harm, or only mean well: markup, pings, links, other scripts, marks of direction. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '<!channel>',
        '<@U0ANA>',
        '<#C0X|x>',
        '<https://evil.example|here>',
        '*b*',
        '`c`',
        '```',
        '&amp;',
        '\n',
        '\u202e',
        '🚨',
        ' x ',
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

function messagesOf(typed: string, steps: number): Words[] {
  const plan = longPlan(steps, typed);
  const view = incidentViewOf({
    incident: incidentOf({ title: typed, services: [typed, 'web'] }),
    audiences: audienceViewsOf(true),
    simulated: true,
  });
  const statuses = ['failed', 'unknown', 'drifted', 'running', 'waiting', 'done'] as const;
  const run = runViewOf({
    plan,
    simulated: true,
    run: { status: 'paused', note: typed, exceptions: [typed] },
    steps: plan.steps.map((step, index) => stateOf(step.id, { status: statuses[index % 6] ?? 'done', note: typed })),
    asking: Array.from({ length: 20 }, (_, at) => ({ requestId: `c_${at}`, code: 'ABC123', sentence: typed })),
  });
  const consent = consentViewOf({ plan, approvals: [{ by: typed, at: now }] });
  const draft = { name: typed, body: typed.repeat(8), components: [typed], canPost: false, page: null };
  return [
    ...presentPlan(plan, { home, simulated: true }),
    presentIncidentHeader(view, home),
    presentAnnouncement(view, home),
    presentConsent(consent, home),
    presentConsent({ ...consent, state: 'granted', brokenGlass: { by: 'ana', reason: typed } }, home),
    presentConsent({ ...consent, amendment: { kind: 'skip', step: 'step_1', reason: typed } }, home),
    presentRun(run, home),
    presentPublicDraft(view, draft, home),
    presentPublicDraft(view, { ...draft, canPost: true }, home),
    presentAnswer(typed, true),
    presentChecklist(checklistOf(typed), [typed], home),
    presentContacts(
      { needed: contactsOf(typed), others: contactsOf(typed), people: [{ name: typed, phone: typed }] },
      true,
    ),
    ...presentSentence({ text: 'A sentence.', mention: [typed] }, home, true),
    presentStatus(
      view,
      run,
      Array.from({ length: 10 }, () => consent),
      home,
    ),
    presentList(
      Array.from({ length: 60 }, () => incidentOf({ title: typed })),
      { home, now, simulated: true, views: new Map([[7, view]]) },
    ),
    ...['waiting', 'sent', 'snoozed', 'superseded', 'lapsed', 'closed'].map((state) =>
      presentUpdateDraft(
        draftViewOf(saidLines(typed.repeat(8)), { state: state as 'sent', endedBy: typed, simulated: true }),
        home,
      ),
    ),
    presentReview(reviewViewOf({ subject: typed, simulated: true }), { name: 'post-mortem.md', markdown: typed }, home),
    presentReport(
      { file: { name: 'post-mortem.md', markdown: typed.repeat(30) }, reviews: [reviewViewOf({ subject: typed })] },
      { home, label: 'INC-7', sent: false, simulated: true },
    ),
    ...presentDocument({ name: 'post-mortem.md', markdown: typed.repeat(30) || 'words' }, true),
    presentTimeline(
      Array.from({ length: 200 }, (_, id) => entryOf(id, typed)),
      { home, label: 'INC-7', now, simulated: true },
    ),
    presentHelp({
      commands: [],
      incident: incidentOf({ title: typed }),
      run,
      consents: [consent],
      roles: new Set(['commanders']),
      simulated: true,
    }),
  ];
}

const choiceOf: UpdateChoice = {
  audiences: ['responders', 'public'],
  page: { status: 'identified', notify: true, components: {}, all: 'major_outage' },
};

/** As long as a checklist may be, in every state that an item has. */
function checklistOf(typed: string): ChecklistView {
  const items = Array.from({ length: 30 }, (_, at): ItemState => {
    const answer = ([null, 'done', 'declined'] as const)[at % 3] ?? null;
    const answered = answer === null ? null : typed || 'ana';
    return {
      id: `item_${at}`,
      text: typed.slice(0, 75),
      owner: typed || null,
      dueAt: at % 2 === 0 ? now : null,
      answer,
      answeredBy: answered,
      reason: answer === 'declined' ? typed.slice(0, 500) : null,
      answeredAt: answer === null ? null : now,
    };
  });
  return checklistViewOf({ items, title: typed.slice(0, 75), instructions: typed.slice(0, 2000), simulated: true });
}

function contactsOf(typed: string): NamedContact[] {
  const title = typed.slice(0, 80);
  return Array.from({ length: 20 }, () => ({ name: 'vendor', title, phone: typed, account: typed, for: [] }));
}

function viewsOf(typed: string, steps: number): unknown[] {
  const plan = longPlan(steps, typed);
  const frame = { title: typed, metadata: '', simulated: true };
  const command: Command = {
    name: 'failover',
    purpose: 'recovery',
    title: typed.slice(0, 75),
    modes: ['graceful', 'ungraceful'],
    objectives: {},
    inputs: {},
    steps: [],
    scenario: 'region-outage',
  };
  const ask = { home, commands: [command], now, title: typed, metadata: '', simulated: true, refusal: typed };
  const made = { plan, ...verdictOf(plan) };
  return [
    readingModal(frame, typed),
    refusedModal(frame, typed),
    chooseIncidentModal(
      frame,
      Array.from({ length: 120 }, () => incidentOf({ title: typed })),
    ),
    commandModal({ ...frame, home, command, made, question: true }),
    commandModal({ ...frame, home, command, made: { ...made, verdict: 'needs-acceptance' }, question: true }),
    commandModal({ ...frame, home, command, made, question: false }),
    declareModal(ask),
    declareFirstModal({ ...ask, command: 'failover' }),
    skipModal(frame, { step: 'step_1' }),
    checklistModal(frame, checklistOf(typed), home),
    checklistModal(frame, checklistViewOf({ simulated: true }), home),
    readingUpdateModal(frame),
    ...[0, 3, 20, 50].map((count) =>
      updateModal(frame, updateFormOf(count, typed.repeat(8)), { words: {}, choice: null }),
    ),
    previewModal({
      ...frame,
      serviceOf: String,
      previews: previewsOf(typed.repeat(8)),
      choice: choiceOf,
      words: { inside: typed, outside: typed.repeat(8) },
    }),
    previewModal({
      ...frame,
      serviceOf: String,
      previews: [],
      choice: choiceOf,
      words: { inside: typed, outside: '' },
      notice: typed,
    }),
    publishModal(frame, { name: typed, body: typed || 'words', components: [], canPost: true, page: null }, home),
  ];
}

describe('everything that is said in Slack', () => {
  it.each([1, 8, 40, 90])('is taken by Slack with a plan of %i steps, whatever people type', (steps) => {
    fc.assert(
      fc.property(words, (typed) => {
        for (const said of messagesOf(typed, steps)) {
          expect(checkMessageBlocks(said.blocks)).toBeUndefined();
          expect(said.text.length).toBeGreaterThan(0);
          expect(said.text.length).toBeLessThanOrEqual(4000);
        }
        for (const view of viewsOf(typed, steps)) expect(checkView(view, 'modal')).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });

  it('pings nobody and links nowhere, whatever people type', () => {
    const harmless = /^(@U0ANA|#C0INC7|!date\^\d+\^\{ago\}\|[^<>]*)$/;
    fc.assert(
      fc.property(words, (typed) => {
        for (const said of messagesOf(typed, 8)) {
          for (const [, inside] of JSON.stringify(said).matchAll(/<([^>]*)>/g)) expect(inside).toMatch(harmless);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('marks every message and form of a simulation', () => {
    for (const said of messagesOf('words', 8).filter((each) => !each.text.includes('Approval'))) {
      expect(said.text).toMatch(/^\[SIMULATION\]/);
      expect(JSON.stringify(said.blocks[0])).toContain('SIMULATION');
    }
    for (const view of viewsOf('words', 8)) expect(JSON.stringify(view)).toContain('SIMULATION');
  });

  it('says how much of a text was cut', () => {
    const said = presentAnswer('long '.repeat(2000), false);
    expect(JSON.stringify(said.blocks)).toMatch(/cut: \d+ more characters/);
  });

  it('leaves no step of a long plan out', () => {
    const plan = longPlan(90, 'Something that is changed');
    const all = JSON.stringify(presentPlan(plan, { home, simulated: false }));
    for (const [index, step] of plan.steps.entries()) expect(all).toContain(`*${index + 1} · ${step.id}*`);
  });
});
