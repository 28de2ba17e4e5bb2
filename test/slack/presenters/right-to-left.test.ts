import { describe, expect, it } from '@jest/globals';
import { presentAnnouncement } from '../../../src/slack/presenters/announcement.ts';
import { said } from '../../../src/slack/presenters/escape.ts';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import { clip } from '../../../src/slack/presenters/limit.ts';
import { presentReview } from '../../../src/slack/presenters/review.ts';
import { presentRun } from '../../../src/slack/presenters/run.ts';
import { presentSentence } from '../../../src/slack/presenters/sentence.ts';
import { presentList } from '../../../src/slack/presenters/status.ts';
import { presentTimeline } from '../../../src/slack/presenters/timeline.ts';
import { presentUpdateDraft } from '../../../src/slack/presenters/update-draft.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { stateOf } from '../../support/rows.ts';
import { townHome as home } from '../../support/town.ts';
import { draftViewOf, entryOf, incidentOf, incidentViewOf, now, reviewViewOf, runViewOf } from '../views.ts';

const title = 'התשלומים נכשלים (503) api';
const isolated = `\u2068${title}\u2069`;
const incident = incidentOf({ title });
const look = { home, now, simulated: false };

describe('words from right to left', () => {
  it('turn nothing beside them: titles, steps, notes and subjects', () => {
    const plan = planOf([plannedStep('scale', { title })]);
    const run = runViewOf({ plan, steps: [stateOf('scale', { status: 'running', startedAt: now.toISOString() })] });
    const texts = [
      presentList([incident], { ...look, views: new Map() }).text,
      presentRun(run, home).text,
      presentTimeline([entryOf(1, title)], { ...look, label: 'INC-7' }).text,
      presentReview(reviewViewOf({ title }), null, home).text,
    ];
    for (const text of texts) {
      expect(text).toContain(isolated);
      expect(text.replaceAll(isolated, '')).not.toMatch(/\p{Script=Hebrew}/u);
    }
  });

  it('are whole in a heading that begins with something else', () => {
    const view = incidentViewOf({ incident });
    for (const words of [presentIncidentHeader(view, home), presentAnnouncement(view, home)]) {
      expect(JSON.stringify(words.blocks[0])).toContain(`INC-7 · P1 · ${isolated}`);
      expect(words.text).toContain(`INC-7 · P1 · ${isolated}`);
    }
  });

  it('leave other words as they are, and none of the marks that people type', () => {
    expect(said('Checkout fails')).toBe('Checkout fails');
    expect(said('\u2067a\u2069\u202eb')).toBe('a b');
    expect(said('\u2069שלום\u2068')).toBe('\u2068שלום\u2069');
  });

  it('are closed where they are cut, and our note about it stands outside', () => {
    expect(clip(said('שלום '.repeat(40)), 50)).toMatch(/^\u2068[^\u2068\u2069]*\u2069…$/);
    expect(clip(said('שלום '.repeat(100)), 300)).toMatch(
      /^\u2068[^\u2068\u2069]*\u2069… \u2068\(cut: \d+ more characters\)\u2069$/,
    );
  });

  it('have our lines below them in a section of their own, where a long text is split', () => {
    const ours = '*Disruption of:* api\n*Next update by 15:30 CET (14:30 UTC).*';
    const text = `:memo: *INC-7*\n${'שלום '.repeat(1_000).trim()}\n\n${ours}`;
    const [{ blocks }] = presentSentence({ text, mention: [] }, home, false);
    const texts = blocks.map((block) => (block.type === 'section' ? block.text?.text : ''));
    expect(texts).toHaveLength(3);
    expect(texts[1]).toMatch(/^שלום[\sשלום]*$/);
    expect(texts[2]).toBe(ours);
  });

  it('have no words of ours in their paragraph of a draft', () => {
    const { blocks } = presentUpdateDraft(draftViewOf('שלום '.repeat(600)), home);
    const cut = blocks.filter((block) => JSON.stringify(block).includes('shows the whole of it'));
    expect(cut.map(({ type }) => type)).toEqual(['context', 'context', 'context', 'context']);
  });
});
