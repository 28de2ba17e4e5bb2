import { describe, expect, it } from '@jest/globals';
import { checkMessageBlocks, checkView } from '../../../sandbox/slack/limits.ts';
import type { Role } from '../../../src/domain/home.ts';
import type { Phase } from '../../../src/domain/incident.ts';
import { presentHelp } from '../../../src/slack/presenters/help.ts';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import { splitText } from '../../../src/slack/presenters/limit.ts';
import type { Words } from '../../../src/slack/presenters/message.ts';
import { previewModal } from '../../../src/slack/presenters/modals/preview.ts';
import { updateModal } from '../../../src/slack/presenters/modals/update.ts';
import { presentPublicDraft } from '../../../src/slack/presenters/public-draft.ts';
import { presentReview } from '../../../src/slack/presenters/review.ts';
import { presentList } from '../../../src/slack/presenters/status.ts';
import { presentTimeline } from '../../../src/slack/presenters/timeline.ts';
import { presentUpdateDraft } from '../../../src/slack/presenters/update-draft.ts';
import { townHome as home } from '../../support/town.ts';
import {
  audienceViewsOf,
  draftViewOf,
  entryOf,
  incidentOf,
  incidentViewOf,
  now,
  previewsOf,
  reviewViewOf,
  updateFormOf,
} from '../views.ts';

const largest = {
  plain: 'w'.repeat(3_000),
  words: 'several words '.repeat(215).slice(0, 3_000),
  rightToLeft: 'النسخة '.repeat(430).slice(0, 3_000),
  emoji: '🧑‍🚒🚨'.repeat(428),
  entities: '&amp;'.repeat(3_000),
};

function buttonsOf(words: Words): string[] {
  return words.blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((each) => ('text' in each && each.text ? [each.text.text] : []))
      : [],
  );
}

describe('the draft of the next words', () => {
  it('shows what each would read, pings the commander, and may be edited, sent or held back', () => {
    const words = presentUpdateDraft(draftViewOf('Checkout still fails.'), home);
    expect(buttonsOf(words)).toEqual(['Edit…', 'Send', 'Snooze 10 min']);
    expect(words.text).toContain('<@U0ANA>');
    expect(words.text).toContain('15:35 CET (14:35 UTC)');
    expect(words.text).toContain('#stakeholders, mail to 3 addresses');
    expect(buttonsOf(presentUpdateDraft(draftViewOf('x', { canSnooze: false }), home))).toEqual(['Edit…', 'Send']);
  });

  it('says what became of it, without a button and without a ping', () => {
    for (const [state, said] of [
      ['sent', /Sent\* by ben/],
      ['snoozed', /Held back once\* by ben/],
      ['superseded', /Replaced\* by a newer draft: nothing of this draft was sent/],
      ['lapsed', /Out of date\*: nothing of this draft was sent/],
      ['closed', /The incident was closed\*: nothing of this draft was sent/],
    ] as const) {
      const words = presentUpdateDraft(draftViewOf('Checkout still fails.', { state, endedBy: 'ben' }), home);
      expect(buttonsOf(words)).toEqual([]);
      expect(words.text).toMatch(said);
      expect(words.text).not.toContain('<@');
      expect(words.text).not.toContain('Checkout still fails.');
    }
    expect(presentUpdateDraft(draftViewOf('x', { state: 'sent', endedBy: 'muster' }), home).text).toContain(
      'by itself',
    );
  });
});

describe('a draft for several', () => {
  it('says that words are overdue to those alone to whom they are', () => {
    const ago = new Date(now.getTime() - 600_000);
    const view = draftViewOf('x', { dueAt: ago });
    const previews = view.previews.map((one) => (one.audience === 'customers' ? { ...one, dueAt: ago } : one));
    expect(presentUpdateDraft({ ...view, previews }, home).text).toContain(
      '🔴 *Words are overdue since 15:20 CET (14:20 UTC)* to customers; ' +
        '*Due 15:35 CET (14:35 UTC)* to responders, stakeholders and the public.',
    );
  });

  it('says to whom it was sent before it ended', () => {
    const ended = (state: 'superseded' | 'lapsed' | 'closed') =>
      presentUpdateDraft(draftViewOf('x', { state, told: ['stakeholders', 'public'] }), home).text;
    const sent = '*Sent to stakeholders and the public*; the rest';
    expect(ended('superseded')).toContain(`${sent} is in the newer draft.`);
    expect(ended('lapsed')).toContain(`${sent} is out of date.`);
    expect(ended('closed')).toContain(`${sent} was not: the incident was closed.`);
  });
});

describe.each(Object.entries(largest))('the largest words, %s', (_name, text) => {
  it('fit a draft with its buttons, and an editor and its preview with their fields', () => {
    const draft = presentUpdateDraft(draftViewOf(text, { simulated: true }), home);
    expect(checkMessageBlocks(draft.blocks)).toBeUndefined();
    expect(buttonsOf(draft)).toHaveLength(3);
    const frame = { title: 'Update INC-7', metadata: '', simulated: true };
    const editor = updateModal(frame, updateFormOf(50, text), { words: {}, choice: null });
    expect(checkView(editor, 'modal')).toBeUndefined();
    const choice = { audiences: ['responders' as const, 'public' as const], page: null };
    const words = { inside: text.slice(0, 3_000), outside: text.slice(0, 3_000) };
    const preview = previewModal({ ...frame, previews: previewsOf(text), choice, words, serviceOf: String });
    expect(checkView(preview, 'modal')).toBeUndefined();
    expect(preview.blocks.flatMap(({ block_id: id }) => id ?? [])).toEqual(['update.back', 'inside', 'outside']);
    expect(JSON.stringify(preview)).not.toContain('does not fit');
  });

  it('are cut into parts that say all of it', () => {
    const parts = splitText(text, 500);
    expect(parts.every((part) => part.length <= 500 && !/[\uD800-\uDBFF]$/.test(part))).toBe(true);
    expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});

describe('the editor', () => {
  it('has a select for each component while they are few', () => {
    const frame = { title: 'Update INC-7', metadata: '', simulated: false };
    const fields = (count: number) =>
      updateModal(frame, updateFormOf(count), { words: {}, choice: null }).blocks.flatMap(
        ({ block_id: id }) => id ?? [],
      );
    expect(fields(2)).toEqual([
      'audiences',
      'inside',
      'outside',
      'page',
      'components:cmp_0',
      'components:cmp_1',
      'notify',
    ]);
    expect(fields(21)).toEqual(['audiences', 'inside', 'outside', 'page', 'components', 'notify']);
  });

  it('asks nothing of a page that is not there', () => {
    const form = updateFormOf(2, 'words', { page: null, audiences: updateFormOf(0).audiences.slice(0, 2) });
    const view = updateModal({ title: 'Update INC-7', metadata: '', simulated: false }, form, {
      words: {},
      choice: null,
    });
    expect(view.blocks.flatMap(({ block_id: id }) => id ?? [])).toEqual(['audiences', 'inside']);
  });
});

describe('the header', () => {
  it('says what is promised to whom, what was kept, and who has it', () => {
    const view = incidentViewOf({ audiences: audienceViewsOf(), acknowledged: { by: 'ben', at: now } });
    const words = presentIncidentHeader(view, home);
    expect(words.text).toContain('*Stakeholders:* next by 15:40 CET (14:40 UTC) · told 15:10 CET');
    expect(words.text).toContain('promises: 3 kept, *1 broken*');
    expect(words.text).toContain('*Public:* first words by');
    expect(words.text).toContain('Acknowledged by *ben*');
    expect(buttonsOf(words)).toEqual(['Update…', 'Public words…', 'Resolve…']);
  });

  it('says of the active Region that it did not answer', () => {
    const silent = [{ region: 'us-east-1', at: now }];
    expect(presentIncidentHeader(incidentViewOf({ silent }), home).text).toContain(
      'Active now: `us-east-1` (api), *which did not answer at 15:30 CET (14:30 UTC)*',
    );
  });

  it('says what is late, and that nobody has it', () => {
    const words = presentIncidentHeader(incidentViewOf({ audiences: audienceViewsOf(true) }), home);
    expect(words.text).toContain('🔴 *overdue since 15:20 CET (14:20 UTC)*');
    expect(words.text).toContain('Nobody has acknowledged it yet');
    expect(buttonsOf(words)[0]).toBe('Acknowledge');
  });

  it('says who is asked for what and since when, while an approval is waited for', () => {
    const of = ['ben', 'cat', 'dov'];
    const asked = [{ what: 'undoing failover', code: 'K7F3Q2', requestedBy: 'ana', requestedAt: now, missing: 1, of }];
    const { text, blocks } = presentIncidentHeader(incidentViewOf({ asked }), home);
    expect(text).toContain(
      '*Waits for approval of undoing failover* · code `K7F3Q2` · one of ben, cat or dov · asked by ana at 15:30 CET (14:30 UTC)',
    );
    expect(JSON.stringify(blocks)).not.toContain('No recovery has begun yet');
    expect(JSON.stringify(presentIncidentHeader(incidentViewOf(), home).blocks)).toContain('No recovery has begun yet');
  });

  it('shows one clock', () => {
    const { text } = presentIncidentHeader(incidentViewOf(), home);
    expect(text).toContain('*30m* since the impact began');
    expect(text).not.toContain('!date');
  });

  it('says before it is resolved that nothing is on the status page', () => {
    const resolve = (state: 'draft' | 'open') =>
      JSON.stringify(presentIncidentHeader(incidentViewOf({ publicPage: { state, url: null } }), home).blocks);
    expect(resolve('draft')).toContain('Nothing is on the status page yet');
    expect(resolve('open')).not.toContain('Nothing is on the status page yet');
  });

  it('fits with fifty services and every audience', () => {
    const services = Array.from({ length: 50 }, (_, index) => `service-with-a-long-name-${index}`);
    const active = services.map((service) => ({ service, region: 'us-east-1' }));
    const view = incidentViewOf({
      incident: incidentOf({ services, title: largest.rightToLeft.slice(0, 150) }),
      active,
      rto: { ms: 3_600_000, of: 'failover' },
      audiences: audienceViewsOf(true),
    });
    const words = presentIncidentHeader(view, home);
    expect(checkMessageBlocks(words.blocks)).toBeUndefined();
    expect(words.text.length).toBeLessThanOrEqual(4_000);
    expect(buttonsOf(words)).toContain('Update…');
  });

  it('is followed by the list with the same promises', () => {
    const view = incidentViewOf({ audiences: audienceViewsOf() });
    const look = { home, now, simulated: false, views: new Map([[7, view]]) };
    expect(presentList([incidentOf()], look).text).toContain('*Customers:* next by');
  });
});

describe('the public words of an incident that is over', () => {
  const draft = { name: 'Acme Shop', body: 'Some orders fail.', components: [], canPost: true, page: 'page01' };
  const resolved = (state: 'draft' | 'unpublished') =>
    incidentViewOf({ incident: incidentOf({ phase: 'resolved' }), publicPage: { state, url: null } });

  it('say that nothing was published, and have no button', () => {
    const words = presentPublicDraft(resolved('unpublished'), draft, home);
    expect(words.text).toContain('Nothing was published on the status page');
    expect(words.text).not.toMatch(/publisher|Some orders fail/);
    expect(buttonsOf(words)).toEqual([]);
    expect(buttonsOf(presentPublicDraft(resolved('draft'), draft, home))).toEqual([]);
    const header = presentIncidentHeader(resolved('unpublished'), home);
    expect(header.text).toContain('Public status page: nothing was published');
    expect(buttonsOf(presentPublicDraft(incidentViewOf(), draft, home))).toEqual(['Read and publish…']);
  });
});

describe('a review', () => {
  it('has its button until somebody has read it', () => {
    const file = { name: 'inc-7-post-mortem.md', markdown: '# x' };
    const open = presentReview(reviewViewOf(), file, home);
    expect(buttonsOf(open)).toEqual(['Mark as reviewed']);
    expect(open.text).toContain('`inc-7-post-mortem.md` is in the thread');
    const late = presentReview(reviewViewOf({ dueAt: new Date(0) }), null, home);
    expect(late.text).toContain('🔴 *overdue since*');
    const done = presentReview(reviewViewOf({ reviewedBy: 'ben', reviewedAt: now }), file, home);
    expect(buttonsOf(done)).toEqual([]);
    expect(done.text).toContain('Reviewed by *ben*');
  });
});

describe('the timeline', () => {
  it('shows the newest that fit, and says how many are older', () => {
    const entries = Array.from({ length: 300 }, (_, id) => entryOf(id, `entry ${id} ${'w'.repeat(80)}`));
    const words = presentTimeline(entries, { home, label: 'INC-7', now, simulated: false });
    const all = JSON.stringify(words.blocks);
    expect(all).toContain('entry 299 ');
    expect(all).not.toContain('entry 0 ');
    expect(all).toMatch(/\d+ earlier entries are not shown/);
    expect(checkMessageBlocks(words.blocks)).toBeUndefined();
  });

  it('marks what was edited, and shows no word of what was deleted', () => {
    const edited = { ...entryOf(1, 'new words'), editedAt: now };
    const removed = { ...entryOf(2, ''), removedAt: now };
    const { text } = presentTimeline([edited, removed], { home, label: 'INC-7', now, simulated: false });
    expect(text).toMatch(/new words _\(edited\)_[\s\S]*taken out/);
  });
});

describe('the help', () => {
  const help = (phase: Phase, role: Role) =>
    presentHelp({
      commands: [],
      incident: incidentOf({ phase }),
      run: null,
      consents: [],
      roles: new Set([role]),
      simulated: false,
    }).text.split('*Others may*');

  it('offers the words of the phase to those who may say them', () => {
    const [mine = '', others = ''] = help('investigating', 'responders');
    for (const word of ['/dr ack', '/dr update', '/dr timeline TEXT', '/dr report']) expect(mine).toContain(word);
    for (const word of ['/dr snooze', '/dr severity']) expect(others).toContain(word);
    expect(help('investigating', 'publishers').join()).toContain('/dr publish');
    expect(help('resolved', 'publishers').join()).not.toContain('/dr publish');
    const [atEnd = ''] = help('closed', 'commanders');
    expect(atEnd).toContain('/dr report');
    expect(atEnd).not.toMatch(/\/dr (ack|update|snooze|severity)/);
  });
});
