import { afterEach, describe, expect, it } from '@jest/globals';
import type { OpenView } from '../../sandbox/slack/workspace.ts';
import { type Stage, startStage } from './hands.ts';

const started: Stage[] = [];
afterEach(async () => {
  for (const stage of started.splice(0)) await stage.stop();
});

async function stageWith(over: Parameters<typeof startStage>[0] = {}): Promise<Stage> {
  const stage = await startStage(over);
  started.push(stage);
  return stage;
}

async function editor(stage: Stage, text = 'update'): Promise<OpenView> {
  await stage.say('U0ANA', text);
  return stage.modal('U0ANA', /Who is told/);
}

const submit = (stage: Stage, view: OpenView, values = {}) =>
  stage.slack.act.submitView({ user: 'U0ANA', viewId: view.id, values });

const long = { inside: `${'پ'.repeat(1_400)} 🚨 ${'w'.repeat(1_500)}`, outside: 'o'.repeat(3_000) };

describe('the update editor', () => {
  it('opens before anything is read, and offers what is due', async () => {
    const stage = await stageWith();
    const view = await editor(stage);
    const opened = stage.slack.workspace.called.find(({ method }) => method === 'views.open');
    expect(JSON.stringify(opened?.args)).toContain('Reading the current state');
    const body = JSON.stringify(view.body);
    expect(body).toContain('promised by 15:40 CET');
    expect(view.body.blocks.find(({ block_id }) => block_id === 'audiences')).toMatchObject({
      element: { initial_options: [{ value: 'stakeholders' }] },
    });
  });

  it('shows each audience’s exact text, and sends on the second submission', async () => {
    const stage = await stageWith();
    const view = await editor(stage);
    const told = {
      audiences: ['stakeholders', 'public'],
      inside: ' In.\r\n',
      outside: 'Out.',
      'components:cmp_1': 'operational',
    };
    expect(await submit(stage, view, told)).toMatchObject({ state: 'updated' });
    const shown = await stage.modal('U0ANA', /This is what they read/);
    const body = JSON.stringify(shown.body);
    expect(body).toContain('#stakeholders, mail to 3 addresses');
    expect(body).toContain('In.|Out.');
    expect(body).not.toContain('mail to 40 addresses');
    expect(stage.asked.map(([what]) => what)).not.toContain('send');
    expect(await submit(stage, shown)).toEqual({ state: 'closed' });
    const [sent] = await stage.did('send');
    expect(sent).toEqual({
      incidentId: 7,
      audiences: ['stakeholders', 'public'],
      inside: 'In.',
      outside: 'Out.',
      page: { status: 'investigating', notify: true, components: { cmp_0: 'major_outage', cmp_1: 'operational' } },
      requestKey: `slack:${view.id}`,
    });
    await stage.message('U0ANA', stage.channel, /It is on its way to them/);
  });

  it('goes back to the form with every word and choice, however long', async () => {
    const stage = await stageWith();
    const view = await editor(stage);
    await submit(stage, view, { audiences: ['customers', 'responders'], ...long, notify: [], page: 'identified' });
    const shown = await stage.modal('U0ANA', /This is what they read/);
    await stage.slack.act.click({ user: 'U0ANA', viewId: shown.id, actionId: 'update.back' });
    const back = await stage.modal('U0ANA', /Who is told/);
    await submit(stage, back);
    const again = await stage.modal('U0ANA', /This is what they read/);
    await submit(stage, again);
    const [sent] = await stage.did('send');
    expect(sent).toMatchObject({ audiences: ['responders', 'customers'], ...long, page: null });
  });

  it('shows words once more that were changed in the preview', async () => {
    const stage = await stageWith();
    const view = await editor(stage);
    await submit(stage, view, { audiences: ['stakeholders'], inside: 'First.' });
    const first = await stage.modal('U0ANA', /First\./);
    expect(await submit(stage, first, { inside: 'Second.' })).toMatchObject({ state: 'updated' });
    const second = await stage.modal('U0ANA', /Second\.\|/);
    expect(stage.asked.map(([what]) => what)).not.toContain('send');
    await submit(stage, second);
    expect(await stage.did('send')).toMatchObject([{ inside: 'Second.' }]);
  });

  it('shows words once more about which things have changed since, and sends nothing of what was read', async () => {
    const stage = await stageWith();
    await submit(stage, await editor(stage), { audiences: ['stakeholders'], inside: 'Down.' });
    const first = await stage.modal('U0ANA', /This is what they read/);
    stage.standing.phase = 'monitoring';
    expect(await submit(stage, first)).toMatchObject({ state: 'updated' });
    const second = await stage.modal('U0ANA', /The state has changed since you read this/);
    expect(JSON.stringify(second.body)).toContain('Down.|');
    expect(stage.asked.map(([what]) => what)).not.toContain('send');
    expect(await submit(stage, second)).toEqual({ state: 'closed' });
    expect(await stage.did('send')).toMatchObject([{ inside: 'Down.' }]);
  });

  it('proposes nobody whom this person may not tell', async () => {
    const stage = await stageWith();
    stage.form.audiences = stage.form.audiences.map((each) => ({
      ...each,
      due: true,
      mayTell: each.audience === 'customers',
    }));
    const audiences = (await editor(stage)).body.blocks.find(({ block_id }) => block_id === 'audiences');
    expect(audiences).toMatchObject({ element: { initial_options: [{ value: 'customers' }] } });
  });

  it('tells what is wrong at its field', async () => {
    const stage = await stageWith();
    const view = await editor(stage);
    const empty = await submit(stage, view, { audiences: ['customers'], outside: '' });
    expect(empty).toMatchObject({ state: 'errors', errors: { outside: expect.stringContaining('outside') } });
    const nobody = await submit(stage, view, { audiences: [] });
    expect(nobody).toMatchObject({ state: 'errors', errors: { audiences: expect.any(String) } });
    const secret = await submit(stage, view, { audiences: ['customers'], outside: 'db-7 is gone' });
    expect(secret).toMatchObject({ state: 'errors', errors: { outside: expect.stringContaining('internal name') } });
    expect(stage.slack.workspace.refused).toEqual([]);
  });

  it('has one choice for all components where there are many', async () => {
    const stage = await stageWith({ components: 50 });
    const view = await editor(stage);
    expect(view.body.blocks.length).toBeLessThan(20);
    await submit(stage, view, { audiences: ['public'], outside: 'Out.', components: 'partial_outage' });
    await submit(stage, await stage.modal('U0ANA', /all Partial outage/));
    const [sent] = await stage.did('send');
    const { page } = sent as { page: { components: Record<string, string> } };
    expect(Object.keys(page.components)).toHaveLength(50);
    expect(new Set(Object.values(page.components))).toEqual(new Set(['partial_outage']));
  });

  it('keeps the words in sight when sending takes longer than Slack waits', async () => {
    const stage = await stageWith({ slowMs: 3_200 });
    const view = await editor(stage);
    await submit(stage, view, { audiences: ['stakeholders'], inside: 'Slow words.' });
    const shown = await stage.modal('U0ANA', /This is what they read/);
    expect(await submit(stage, shown)).toMatchObject({ state: 'updated' });
    const waiting = await stage.modal('U0ANA', /takes longer than usual/);
    expect(JSON.stringify(waiting.body)).toContain('Slow words.');
    await stage.modal('U0ANA', /It is on its way to them/);
  });

  it('begins with what was typed after the word', async () => {
    const stage = await stageWith();
    const view = await editor(stage, 'update The replica is promoted.');
    expect(JSON.stringify(view.body)).toContain('The replica is promoted.');
  });
});

describe('somebody without a role', () => {
  const refused = /Only people with a role/;
  const shown = (stage: Stage) => JSON.stringify(stage.slack.modalOf('U0OUTSIDER')?.body);

  it('is shown neither the editor nor what is due', async () => {
    const stage = await stageWith();
    await stage.say('U0OUTSIDER', 'update');
    await stage.modal('U0OUTSIDER', refused);
    expect(shown(stage)).not.toContain('promised by');
  });

  it.each(['the editor', 'the preview'])('any more sees nothing further of %s', async (which) => {
    const stage = await stageWith();
    const form = await editor(stage);
    const inside = { inside: 'Other.' };
    const choice = { audiences: ['stakeholders'], ...inside };
    if (which === 'the preview') await submit(stage, form, { ...choice, inside: 'In.' });
    const view = which === 'the preview' ? await stage.modal('U0ANA', /This is what they read/) : form;
    stage.outsiders.add('ana');
    const answer = await submit(stage, view, which === 'the preview' ? inside : choice);
    expect(answer).toMatchObject({ state: 'errors' });
    expect(JSON.stringify(answer)).toMatch(refused);
    expect(stage.asked.map(([what]) => what)).not.toContain('send');
  });

  it('any more does not get the editor back', async () => {
    const stage = await stageWith();
    await submit(stage, await editor(stage), { audiences: ['stakeholders'], inside: 'In.' });
    const view = await stage.modal('U0ANA', /This is what they read/);
    stage.outsiders.add('ana');
    await stage.slack.act.click({ user: 'U0ANA', viewId: view.id, actionId: 'update.back' });
    await stage.modal('U0ANA', refused);
  });
});

describe('words and buttons of an update', () => {
  it('are each one use case, asked by whoever said or pressed it', async () => {
    const stage = await stageWith();
    await stage.say('U0ANA', 'snooze 15m');
    expect(await stage.did('snooze')).toEqual([{ incidentId: 7, forMs: 900_000 }]);
    await stage.say('U0ANA', 'snooze soon');
    await stage.message('U0ANA', stage.channel, /soon is not a length of time/);
    await stage.say('U0BEN', 'ack');
    expect(await stage.did('ack')).toEqual([{ incidentId: 7 }]);
    await stage.say('U0ANA', 'severity P2');
    expect(await stage.did('setSeverity')).toEqual([{ incidentId: 7, severity: 'P2' }]);
    await stage.say('U0ANA', 'timeline The replica is <behind>');
    expect(await stage.did('note')).toEqual([{ incidentId: 7, text: 'The replica is <behind>' }]);
    await stage.say('U0ANA', 'timeline');
    await stage.message('U0ANA', stage.channel, /ana declared it/);
    expect(await stage.did('command', 3)).toEqual([
      { incidentId: 7, text: '/dr snooze 15m' },
      { incidentId: 7, text: '/dr ack' },
      { incidentId: 7, text: '/dr severity P2' },
    ]);
  });

  it('sends a report to whoever asked for it, as a file, and marks it as reviewed', async () => {
    const stage = await stageWith();
    await stage.say('U0ANA', 'report');
    const answer = await stage.message('U0ANA', stage.channel, /Report of INC-7/);
    expect(JSON.stringify(answer.blocks)).toContain('Checkout failed.');
    const direct = [...stage.slack.workspace.channels.values()].find(({ kind }) => kind === 'direct');
    expect(direct?.messages.at(-1)?.files).toMatchObject([{ name: 'inc-7-post-mortem.md' }]);
    await stage.slack.act.click({ user: 'U0ANA', channel: stage.channel, ts: answer.ts, actionId: 'review.done' });
    expect(await stage.did('review')).toEqual([{ reviewId: 'review_1' }]);
    expect(stage.slack.workspace.refused).toEqual([]);
  });

  it('asks whether subscribers are notified before public words go', async () => {
    const stage = await stageWith();
    await stage.say('U0CAT', 'publish');
    const view = await stage.modal('U0CAT', /Notify them/);
    await stage.slack.act.submitView({ user: 'U0CAT', viewId: view.id, values: { body: 'Words.', notify: [] } });
    expect(await stage.did('publish')).toEqual([{ incidentId: 7, body: 'Words.', notify: false }]);
  });
});
