import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/domain/errors.ts';
import type { RunView } from '../../src/domain/views.ts';
import { followRun } from '../../src/rehearsal/follow.ts';
import { ended, plan, plannedStep, runView, step } from '../cli/fixtures.ts';

const paused = runView({ status: 'paused', note: 'promote failed' });
const checkpoint = (status: 'running' | 'failed', run: RunView = runView()): RunView => ({
  ...{ ...run, steps: [step('looked', { status })] },
  plan: { ...plan, steps: [plannedStep({ id: 'looked', kind: 'human' })] },
});
const late = new Refusal('It has moved on since.');

/** Follows a run that looks like each of `looks` in turn; of the answers to what is said to it, an error is thrown. */
function follow(looks: RunView[], answers: (string | Error)[]) {
  const said: string[] = [];
  const answer = (word: string) => async () => {
    said.push(word);
    const given = answers.shift() ?? 'noted';
    if (typeof given === 'string') return given;
    throw given;
  };
  const recovery = { currentRun: async () => looks.shift() ?? null, abort: answer('abort'), answer: answer('answer') };
  const followed = followRun({ recovery, news: async () => undefined, tell: () => undefined }, 7);
  return { said, followed };
}

describe('a run in rehearsal is followed to its end', () => {
  it('also where it ended just before it was to be aborted', async () => {
    const { followed, said } = follow([paused, ended('failed')], [late]);
    expect(await followed).toMatchObject({ run: { run: { outcome: 'failed' } }, pauses: ['promote failed'] });
    expect(said).toEqual(['abort']);
  });

  it('and aborted once: again only where the first time did not count', async () => {
    const { followed, said } = follow([paused, paused, paused, ended('aborted')], [late]);
    expect((await followed).pauses).toEqual(['promote failed']);
    expect(said).toEqual(['abort', 'abort']);
  });

  it('and a checkpoint counts as answered only where its answer was taken', async () => {
    const looks = (last: RunView) => [checkpoint('running'), checkpoint('running'), last];
    const taken = follow(looks(ended('succeeded')), [late]);
    expect((await taken.followed).answered).toEqual(['looked']);
    expect(taken.said).toEqual(['answer', 'answer']);
    const refused = follow([checkpoint('running'), checkpoint('failed', ended('failed'))], [late]);
    expect((await refused.followed).answered).toEqual([]);
  });

  it('and what fails for another reason is not taken for a race', async () => {
    const { followed } = follow([paused, ended('failed')], [new Error('the database does not answer')]);
    await expect(followed).rejects.toThrow('the database does not answer');
  });
});
