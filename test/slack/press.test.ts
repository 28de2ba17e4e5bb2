import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../../sandbox/slack/workspace.ts';
import type { RunView } from '../../src/domain/views.ts';
import { presentConsent } from '../../src/slack/presenters/consent.ts';
import { presentIncidentHeader } from '../../src/slack/presenters/incident-header.ts';
import type { Words } from '../../src/slack/presenters/message.ts';
import { presentPublicDraft } from '../../src/slack/presenters/public-draft.ts';
import { presentReview } from '../../src/slack/presenters/review.ts';
import { presentRun } from '../../src/slack/presenters/run.ts';
import { presentSentence } from '../../src/slack/presenters/sentence.ts';
import { presentUpdateDraft } from '../../src/slack/presenters/update-draft.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { stateOf } from '../support/rows.ts';
import { townHome as home } from '../support/town.ts';
import { type Stage, startStage } from './hands.ts';
import { consentViewOf, draftViewOf, incidentViewOf, reviewViewOf, runViewOf } from './views.ts';

const plan = planOf([
  plannedStep('freeze'),
  plannedStep('scale'),
  plannedStep('look', { kind: 'human', title: 'Look at the dashboard' }),
]);

/** A run with a step that failed and a checkpoint; `freeze` fails between the two. */
function runAt(first: 'running' | 'failed'): RunView {
  const steps = [
    stateOf('freeze', { status: first }),
    stateOf('scale', { status: 'failed', note: 'no capacity' }),
    stateOf('look', { status: 'running' }),
  ];
  return runViewOf({ plan, steps, run: { status: 'paused' } });
}

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

async function say(method: string, words: Words, more: object = {}): Promise<string> {
  const response = await fetch(`${stage.slack.url}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.slack.tokens.bot}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: stage.channel, ...words, ...more }),
  });
  const answer = (await response.json()) as { ok: boolean; ts: string };
  expect(answer).toMatchObject({ ok: true });
  return answer.ts;
}

function messageAt(ts: string): Message {
  const found = stage.slack.seen('U0ANA', stage.channel).find((each) => each.ts === ts);
  if (found === undefined) throw new Error(`no message ${ts}`);
  return found;
}

/** Reads a button, lets the message be edited while its confirmation is open, and presses what was read. */
async function pressAcross(before: Words, after: Words, actionId: string, value: RegExp = /./): Promise<unknown> {
  const ts = await say('chat.postMessage', before);
  const pressed = messageAt(ts).blocks.flatMap((block) => {
    const elements = (block.elements ?? []) as { action_id?: string; value?: string }[];
    return elements.some((each) => each.action_id === actionId && value.test(each.value ?? '')) ? [block.block_id] : [];
  })[0];
  await say('chat.update', after, { ts });
  return stage.slack.act.click({ user: 'U0ANA', channel: stage.channel, ts, actionId, blockId: pressed ?? '' });
}

describe('a press while the message is edited', () => {
  const before = presentRun(runAt('running'), home);
  const after = presentRun(runAt('failed'), home);

  it('retries the step that was read, though another has failed above it', async () => {
    expect(await pressAcross(before, after, 'step.retry', /scale/)).toEqual({ ok: true });
    expect(await stage.did('retry')).toEqual([{ runId: 'run_1', step: 'scale' }]);
    expect(await stage.did('command')).toContainEqual({ incidentId: 7, text: 'Pressed Retry scale' });
  });

  it('aborts the run', async () => {
    expect(await pressAcross(before, after, 'run.abort')).toEqual({ ok: true });
    expect(await stage.did('abort')).toEqual([{ runId: 'run_1' }]);
    expect(await stage.did('command', 2)).toContainEqual({ incidentId: 7, text: 'Pressed Abort' });
  });

  it('answers the checkpoint', async () => {
    expect(await pressAcross(before, after, 'step.done')).toEqual({ ok: true });
    expect(await stage.did('answer')).toMatchObject([{ step: 'look', done: true }]);
  });

  it('acknowledges from the header, whose lines have changed', async () => {
    const header = presentIncidentHeader(incidentViewOf(), home);
    const later = presentIncidentHeader(incidentViewOf({ guards: [guard] }), home);
    expect(await pressAcross(header, later, 'incident.acknowledge')).toEqual({ ok: true });
    expect(await stage.did('ack')).toEqual([{ incidentId: 7 }]);
  });
});

const guard = { id: 'g', region: 'us-east-1', step: 'fence', state: 'armed' as const };

describe('what another version of Muster has posted', () => {
  it('is answered when it is pressed, and nothing is done', async () => {
    const text = { type: 'plain_text' as const, text: 'Rewind' };
    const button = { type: 'button' as const, action_id: 'run.rewind', text };
    const blocks = [{ type: 'actions' as const, block_id: 'old', elements: [button] }];
    const ts = await say('chat.postMessage', { text: 'A run', blocks });
    const before = stage.asked.length;
    const press = { user: 'U0ANA', channel: stage.channel, ts, actionId: 'run.rewind', blockId: 'old' };
    expect(await stage.slack.act.click(press)).toEqual({ ok: true });
    await stage.message('U0ANA', stage.channel, /This button is from another version of Muster/);
    expect(stage.asked.slice(before)).toEqual([]);
  });

  it('is answered when it is sent, and nothing is done', async () => {
    await stage.say('U0ANA', 'declare Checkout fails');
    const view = await stage.modal('U0ANA', /Checkout fails/);
    Object.assign(view.body, { callback_id: 'declare-2' });
    const values = { title: 'Checkout fails', services: ['api'], severity: 'P1' };
    const before = stage.asked.length;
    await stage.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values });
    await stage.message('U0ANA', stage.channel, /This form is from another version of Muster/);
    expect(stage.asked.slice(before)).toEqual([]);
  });
});

describe('every block that can be pressed', () => {
  it('has a name of its own, by what it is about', () => {
    const draft = { name: 'Acme Shop', body: 'It fails.', components: [], canPost: true, page: null };
    const said = [
      presentRun({ ...runAt('failed'), asking: [1, 2].map((at) => ask(at)) }, home),
      presentIncidentHeader(incidentViewOf(), home),
      presentConsent(consentViewOf(), home),
      presentPublicDraft(incidentViewOf({ publicPage: { state: 'draft', url: null } }), draft, home),
      presentUpdateDraft(draftViewOf('words'), home),
      presentReview(reviewViewOf(), null, home),
      ...presentSentence({ text: 'x', mention: [], button: { action: 'public.posted', incidentId: 7 } }, home, false),
    ];
    const ids = said.map(({ blocks }) =>
      blocks
        .filter(({ type }) => type === 'actions')
        .map((block) => ('block_id' in block ? block.block_id : undefined)),
    );
    expect(ids).toEqual([
      ['consent:c_1', 'consent:c_2', 'trouble:freeze', 'trouble:scale', 'checkpoint:look', 'run:run_1'],
      ['incident:7'],
      ['consent:consent_1'],
      ['public:7'],
      ['draft:2'],
      ['review:review_1'],
      ['public.posted:7'],
    ]);
  });
});

function ask(at: number) {
  return { requestId: `c_${at}`, code: `CODE${at}`, sentence: 'skip scale' };
}
