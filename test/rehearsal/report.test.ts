import { describe, expect, it } from '@jest/globals';
import { sayApprovers } from '../../src/rehearsal/people.ts';
import { fileOf } from '../../src/rehearsal/report/file.ts';
import { sayEnd } from '../../src/rehearsal/report/sentence.ts';
import { type RehearsalOutcome, RehearsalReport } from '../../src/rehearsal/report.ts';
import { rehearsalReport, rehearsedStep } from '../support/rehearsals.ts';
import { townHome } from '../support/town.ts';
import { otherHome } from './other-home.ts';

const about = {
  home: otherHome,
  by: 'ina',
  startedAt: new Date('2026-03-01T14:05:09Z'),
  endedAt: new Date('2026-03-01T14:05:30Z'),
  assumed: ['Everything is served from eu-west-1.'],
};
const unmeasured = { ms: null, objectiveMs: 900_000, explain: 'not observed' };

describe('what a rehearsal has shown', () => {
  it('is measured against the objectives, step by step against the estimates, and says that nothing real was touched', () => {
    const slow = rehearsedStep('serving', { tookMs: 200_000, estimateMs: 20_000, uses: 'http.check' });
    const { name, markdown } = fileOf(rehearsalReport({ steps: [rehearsedStep('fence'), slow] }), about);
    expect(name).toBe('rehearsal-failover-2026-03-01T14-05.md');
    expect(markdown).toMatch(
      /^# Rehearsal of failover\n\n\*\*A rehearsal: nothing real was read, changed or told\.\*\*/,
    );
    expect(markdown).toContain('| RTO: until people were seen served | 7m 37s | 1h | yes |');
    expect(markdown).toContain('| fence | Step fence | done | 45s | 1m |   |');
    expect(markdown).toContain('| serving | Step serving | done | 3m 20s | 20s | slower than expected |');
    expect(markdown).toContain('Never did two databases take writes.');
    expect(markdown).toContain('What the real service answers');
    expect(markdown).not.toContain('Exceptions');
  });

  it('says what people would be asked, what nobody saw, and what was made up', () => {
    const { markdown } = fileOf(
      rehearsalReport({
        outcome: 'aborted',
        exceptions: ['fence deferred'],
        rto: unmeasured,
        elapsedMs: null,
        steps: [rehearsedStep('orders', { standIn: true }), rehearsedStep('last', { status: 'not-run', tookMs: null })],
        problems: ['lag: expected 15m.'],
        carried: ['quota: no answer.'],
        pauses: ['promote failed'],
        checkpoints: [
          { step: 'looked', title: 'Look', instructions: 'Look at <the> dashboards | now', answered: true },
        ],
        cloud: { writersOverlapMs: 61_000, lost: [], traffic: [{ name: 'a.example', region: null }] },
        environment: [],
      }),
      about,
    );
    for (const words of [
      '**not shown**',
      '**not exercised**',
      '**Nobody could ask for it:** lag',
      'carry this with a reason: quota',
      '**It stopped for somebody to decide** (retry, skip, undo or abort): promote failed',
      'Checkpoint looked: Look at \\<the\\> dashboards \\| now',
      '**Two databases took writes for 1m 1s.**',
      'a.example leads to nobody at the end.',
      'last: not run.',
      'Variables that it had: none.',
    ])
      expect(markdown).toContain(words);
  });

  it('is one line each, however long and odd the words of people are', () => {
    const words = `${'very '.repeat(400)}<b>|\n# no heading\u202e`;
    const steps = Array.from({ length: 40 }, (_, at) => rehearsedStep(`step${at}`, { title: words, note: words }));
    const { markdown } = fileOf(rehearsalReport({ steps, pauses: [words], title: words }), about);
    expect(markdown.split('\n').filter((line) => line.startsWith('| step'))).toHaveLength(40);
    expect(markdown).not.toMatch(/^# no heading|\u202e/m);
  });

  it('survives the way from its process', () => {
    expect(RehearsalReport.parse(JSON.parse(JSON.stringify(rehearsalReport())))).toEqual(rehearsalReport());
  });
});

describe('the sentence', () => {
  it.each<RehearsalOutcome>(['succeeded', 'succeeded-with-exceptions', 'failed', 'aborted', 'undone', 'blocked'])(
    'of %s says first that it was a rehearsal',
    (outcome) => {
      const sentence = sayEnd(rehearsalReport({ outcome }));
      expect(sentence).toMatch(/^In rehearsal, failover /);
      expect(sentence.includes('succeeded')).toBe(outcome.startsWith('succeeded'));
    },
  );

  it('counts checks that were not exercised, and never takes what was not observed for met', () => {
    const sentence = sayEnd(rehearsalReport({ steps: [rehearsedStep('orders', { standIn: true })], rpo: unmeasured }));
    expect(sentence).toContain('failover succeeded, with 1 check not exercised.');
    expect(sentence).toContain('RPO: was not observed, 15m wanted: not shown to be met.');
  });
});

describe('who would be asked', () => {
  it('names people, and whose request nobody could approve', () => {
    expect(sayApprovers(otherHome, 1)).toMatch(/^ina may ask for it, .* Asked would be: ina and jon\.$/);
    expect(sayApprovers(otherHome, 2)).toMatch(/What ina asks for nobody could approve/);
    expect(sayApprovers(otherHome, 0)).toBe('ina may ask for it, and nobody else has to approve.');
    expect(sayApprovers(townHome, 1)).toContain('the members of Slack group S0APPR and ben');
  });
});
