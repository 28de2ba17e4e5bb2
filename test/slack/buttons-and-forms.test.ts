import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Submitted } from '../../sandbox/slack/act/submit.ts';
import type { OpenView } from '../../sandbox/slack/workspace.ts';
import { forms } from '../../src/slack/listeners/forms.ts';
import { presses } from '../../src/slack/listeners/presses.ts';
import { act, form } from '../../src/slack/values.ts';
import { until } from '../support/simulated-muster.ts';
import { type PressingStage, people, startPressingStage, type Who } from './pressing-stage.ts';
import { but, button, buttons, command, insideForms, menu, previewed, type Sent, sent, text } from './role-table.ts';

let stage: PressingStage;
beforeAll(async () => {
  stage = await startPressingStage();
});
afterAll(() => stage.bench.close());

it('names every button and every form that there is', () => {
  expect([...Object.keys(buttons), ...insideForms].toSorted()).toEqual([...presses.keys()].toSorted());
  expect(Object.keys(sent).toSorted()).toEqual([...forms.keys()].toSorted());
});

/** Says who may, or that whoever asks is a guest. */
const refusal = /\bOnly\b.{1,200}\b(may|can)\b/s;

describe('whoever may not is told who may, and nothing changes', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await stage.state();
  });

  it.each(Object.entries(buttons))('by button %s', async (actionId, { about, refused }) => {
    const ts = await stage.button(actionId, about(stage.targets));
    expect(await refusedOf(refused, (who) => press(who, actionId, ts))).toEqual(refused);
  });

  it.each(Object.entries(sent))('by form %s', async (callback, entry) => {
    expect(await refusedOf(entry.refused, (who) => send(who, callback, entry))).toEqual(entry.refused);
  });

  it.each(insideForms)('by choice %s inside a form', async (actionId) => {
    expect(await choose('none', actionId)).toMatch(refusal);
    expect(await chooseAsGuest(actionId)).toMatch(refusal);
  });

  it('by none of all these', async () => {
    expect(await stage.state()).toEqual(before);
  });
});

/** After those who may not: here something happens, and then there is less to be done for the next. */
describe('whoever may is not refused for want of a role', () => {
  it.each(Object.entries(buttons))('by button %s', async (actionId, { about, refused }) => {
    const ts = await stage.button(actionId, about(stage.targets));
    expect(await refusedOf(but(...refused), (who) => press(who, actionId, ts))).toEqual([]);
  });

  it.each(Object.entries(sent))('by form %s', async (callback, entry) => {
    expect(await refusedOf(but(...entry.refused), (who) => send(who, callback, entry))).toEqual([]);
  });
});

async function refusedOf(those: Who[], ask: (who: Who) => Promise<string>): Promise<Who[]> {
  const found: Who[] = [];
  for (const who of those) if (refusal.test(await ask(who))) found.push(who);
  return found;
}

async function press(who: Who, actionId: string, ts: string): Promise<string> {
  const user = people[who];
  const before = stage.told(user).length;
  const pressed = { user, channel: stage.channel, ts, actionId };
  expect(await stage.bench.slack.act.click(pressed)).toEqual({ ok: true });
  return answerTo(user, before);
}

/** What is chosen in each menu. */
const choices: Record<string, string> = { [act.mode]: 'graceful', [act.incident]: '1' };

function toldSince(user: string, before: number): Promise<string> {
  return until(async () => stage.told(user).slice(before).at(-1), `an answer to ${user}`, 60, 20);
}

async function metaOf(meta: Sent['meta']): Promise<object> {
  return meta(stage.targets, stage.bench.muster.broadcast);
}

/** A form that opened, or a sentence; the form is closed again. */
async function answerTo(user: string, before: number): Promise<string> {
  const { slack } = stage.bench;
  const shown = (): string | undefined => {
    const view = slack.modalOf(user);
    const body = view && JSON.stringify(view.body);
    return body === undefined || body.includes('⏳') ? undefined : body;
  };
  const answer = await until(
    async () => stage.told(user).slice(before).at(-1) ?? shown(),
    `an answer to ${user}`,
    60,
    20,
  );
  const view = slack.modalOf(user);
  if (view) await slack.act.closeView({ user, viewId: view.id });
  return answer;
}

async function send(who: Who, callback: string, { meta, blocks, values }: Sent): Promise<string> {
  const user = people[who];
  // Whoever is no member is refused the word by which a form is opened, and has no form to send.
  if (who === 'guest') return sendAsGuest(callback, { meta, values, ...(blocks && { blocks }) });
  const view = await stage.form(user, callback, await metaOf(meta), blocks ?? []);
  return outcomeOf(user, () => stage.bench.slack.act.submitView({ user, viewId: view.id, values }));
}

async function sendAsGuest(callback: string, { meta, blocks, values }: Omit<Sent, 'refused'>): Promise<string> {
  const view = await stage.form(people.commander, callback, await metaOf(meta), blocks ?? []);
  Object.assign(view, { user: people.guest });
  const submitted = { user: people.guest, viewId: view.id, values };
  return outcomeOf(people.guest, () => stage.bench.slack.act.submitView(submitted));
}

/** Of a form whose incident is not chosen yet, which would show what is open; or of a preview of words. */
async function formWithChoice(user: string, actionId: string): Promise<OpenView> {
  const meta = actionId === act.back ? await metaOf(previewed) : { ...command(stage.targets), incidentId: null };
  const element = actionId === act.back ? button(actionId) : menu(actionId, choices[actionId] ?? '');
  return stage.form(user, form.command, meta, [
    { type: 'actions', block_id: 'choice', elements: [element] },
    text('inside'),
  ]);
}

async function choose(who: Who, actionId: string): Promise<string> {
  const user = people[who];
  const view = await formWithChoice(user, actionId);
  await use(user, view, actionId);
  const body = (): string => JSON.stringify(stage.bench.slack.modalOf(user)?.body ?? {});
  const shown = await until(async () => (refusal.test(body()) ? body() : null), `the form of ${user}`, 60, 20);
  await stage.bench.slack.act.closeView({ user, viewId: view.id });
  return shown;
}

async function chooseAsGuest(actionId: string): Promise<string> {
  const view = await formWithChoice(people.commander, actionId);
  Object.assign(view, { user: people.guest });
  const before = stage.told(people.guest).length;
  await use(people.guest, view, actionId);
  const answer = await toldSince(people.guest, before);
  await stage.bench.slack.act.closeView({ user: people.guest, viewId: view.id });
  return answer;
}

async function use(user: string, view: OpenView, actionId: string): Promise<void> {
  const { slack } = stage.bench;
  const where = { user, viewId: view.id, actionId };
  const used =
    actionId === act.back
      ? slack.act.click(where)
      : slack.act.selectOption({ ...where, option: choices[actionId] ?? '' });
  expect(await used).toEqual({ ok: true });
}

async function outcomeOf(user: string, submit: () => Promise<Submitted>): Promise<string> {
  const before = stage.told(user).length;
  const done = await submit();
  if (done.state === 'closed') return toldSince(user, before);
  if (done.state === 'errors' || done.state === 'failed') {
    const open = stage.bench.slack.modalOf(user);
    if (open) await stage.bench.slack.act.closeView({ user, viewId: open.id });
    return JSON.stringify(done);
  }
  return answerTo(user, before);
}
