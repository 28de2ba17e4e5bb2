import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { Page } from 'playwright-core';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { startPage } from '../../sandbox/server.ts';
import { addView, readView } from '../../sandbox/slack/methods/views.ts';
import type { Served } from '../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { signatureHeaders } from '../../src/pager/sign.ts';
import { useBrowser } from '../e2e/page/use-browser.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { describeWith } from '../support/needs.ts';
import { home, scopes } from './home.ts';
import { call, channelId } from './slack/workbench.ts';

/** An element, as far as this file asks one. */
interface Part {
  scrollTop: number;
  querySelectorAll(selector: string): Iterable<Part>;
}

describeWith('chromium', 'the page in a person’s hands', (program) => {
  const browser = useBrowser(program);
  let farEnds: FarEnds;
  let served: Served;
  let clock: ScaledClock;
  let page: Page;
  let incidents: string;
  let complaints: string[];

  beforeEach(async () => {
    const now = new Date();
    clock = createScaledClock({ realOrigin: now, origin: now, scale: 10 });
    const granted = { scopes, events: [], shouldEscape: false };
    farEnds = await startFarEnds({ home, clock, cloud: exampleCloud('acme'), granted, rateLimits: false });
    served = await startPage({ home, farEnds, clock });
    incidents = channelId(farEnds.slack, 'incidents');
    complaints = [];
    page = await browser().newPage({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin' });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(served.url);
    await page.getByRole('list', { name: 'Channels', exact: true }).getByRole('button', { name: 'incidents' }).click();
  });
  afterEach(async () => {
    await page.close();
    await served.stop();
    await farEnds.stop();
    expect(complaints).toEqual([]);
  });

  const say = (text: string) => farEnds.slack.act.sendMessage({ user: 'U0BEN', channel: incidents, text });
  const log = () => page.getByRole('log', { name: 'Messages' });
  const message = (text: string) => log().getByRole('article').filter({ hasText: text });
  const panel = (title: string) => page.getByRole('region', { name: title, exact: true });
  const below = () => page.getByRole('button', { name: 'New messages below' });
  /** Says so much that it cannot be seen at once. */
  const fill = async () => {
    for (let line = 1; line <= 40; line += 1) say(`line ${line}.`);
    await message('line 40.').waitFor();
  };
  const isInSight = async (text: string) => {
    const place = await log().boundingBox();
    const row = await message(text).boundingBox();
    return place !== null && row !== null && row.y >= place.y && row.y + row.height <= place.y + place.height;
  };
  const scrollUp = async () => {
    await log().focus();
    while (!(await isInSight('line 1.'))) await page.keyboard.press('Home');
  };

  it('follows the end of the conversation', async () => {
    await fill();
    expect(await isInSight('line 40.')).toBe(true);
    say('the last word');
    await message('the last word').waitFor();
    expect(await isInSight('the last word')).toBe(true);
    expect(await below().isVisible()).toBe(false);
  });

  it('stays where somebody reads, and says that there is more below', async () => {
    await fill();
    await scrollUp();
    say('the last word');
    await below().click();
    expect(await isInSight('the last word')).toBe(true);
    expect(await below().isVisible()).toBe(false);
    say('one more');
    await message('one more').waitFor();
    expect(await isInSight('one more')).toBe(true);
  });

  it('offers the pace it begins with, stops time and lets it go on as before', async () => {
    const paces = page.getByRole('group', { name: 'How fast time passes' });
    const chosen = (name: string) => paces.getByRole('button', { name, exact: true, pressed: true }).waitFor();
    await chosen('10×');
    await paces.getByRole('button', { name: '60×', exact: true }).click();
    await chosen('60×');
    expect(clock.scale).toBe(60);
    await paces.getByRole('button', { name: 'Pause time' }).click();
    await paces.getByRole('button', { name: 'Go on at 60×' }).click();
    await chosen('60×');
  });

  it('shows what the public reads: name, status, each update with its time, and the components', async () => {
    const incident = { name: 'Disruption of api', status: 'investigating', body: 'We look into it.' };
    const send = (method: string, path: string, body: unknown) =>
      fetch(`${farEnds.statuspage.url}/pages/page01/${path}`, {
        method,
        headers: { authorization: `OAuth ${farEnds.statuspage.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    clock.setScale(0);
    const components = { cmp_api: 'major_outage' };
    const opened = await send('POST', 'incidents', { incident: { ...incident, components } });
    const { id } = (await opened.json()) as { id: string };
    await send('PATCH', `incidents/${id}`, { incident: { status: 'monitoring', body: 'It is back.' } });
    await page.getByText('It is back.').waitFor();
    const shown = panel('Status page');
    expect(await shown.getByRole('list', { name: 'Components' }).getByRole('listitem').allTextContents()).toEqual([
      'api: Major outage',
      'web: Operational',
    ]);
    expect(await shown.getByRole('article').getByRole('heading').textContent()).toBe('Disruption of api');
    await shown.getByText('Affects api (major outage)').waitFor();
    const updates = await shown.getByRole('article').getByRole('listitem').allTextContents();
    expect(updates).toEqual([
      expect.stringMatching(/^Monitoring - It is back\.\d+ \w+, \d\d:\d\d:\d\d UTC/),
      expect.stringMatching(/^Investigating - We look into it\.\d+ \w+, \d\d:\d\d:\d\d UTC/),
    ]);
    expect(await shown.textContent()).not.toContain('[object');
  });

  it('lists mail and pages; what was opened stays open when more arrives, and nothing in a mail runs', async () => {
    const transport = createTransport(farEnds.mail.url);
    const send = (subject: string) =>
      transport.sendMail({
        from: 'dr@example.com',
        to: 'directors@example.com',
        subject,
        text: `Text of ${subject} <b>as it is</b>`,
        html: '<p>As it is meant</p><script>document.body.textContent = "run"</script>',
      });
    const box = panel('Mailbox');
    await box.getByRole('button', { name: /^Mailbox/ }).click();
    await send('First');
    const first = box.getByRole('listitem').filter({ hasText: 'First' });
    const open = first.getByRole('button', { name: /First/ });
    await open.click();
    expect(await open.textContent()).toContain('to directors@example.com');
    await first.frameLocator('iframe').getByText('As it is meant').waitFor();
    await send('Second');
    await box.getByRole('button', { name: /Second/ }).waitFor();
    await first.getByRole('radio', { name: 'Plain text' }).check();
    await first.getByText('Text of First <b>as it is</b>').waitFor();
    expect(await box.getByRole('button', { name: /Second/ }).getAttribute('aria-expanded')).toBe('false');

    const body = JSON.stringify({ event_action: 'trigger', payload: { summary: 'INC-1 needs you' } });
    const headers = signatureHeaders(farEnds.pager.secret, new Date(), body);
    await fetch(farEnds.pager.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body,
    });
    await panel('Pager')
      .getByRole('button', { name: /^Pager/ })
      .click();
    await panel('Pager').getByText('INC-1 needs you').first().waitFor();
  });

  it('keeps what was refused beside its message until it is dismissed', async () => {
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    const asked = { channel: incidents, text: 'Shall we?', blocks: [{ type: 'actions', elements: [button] }] };
    await call(farEnds.slack, 'chat.postMessage', asked);
    farEnds.slack.faults.down = '503';
    const row = log()
      .getByRole('article')
      .filter({ has: page.getByRole('button', { name: 'Go', exact: true }) });
    await row.getByRole('button', { name: 'Go', exact: true }).click();
    await row.getByRole('alert').getByText('Slack is down').waitFor();
    farEnds.slack.faults.down = 'no';
    say('and then this');
    await message('and then this').waitFor();
    expect(await row.getByRole('alert').count()).toBe(1);
    await row.getByRole('button', { name: 'Dismiss' }).click();
    await row.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('gives a modal’s words their room, and one scrollbar', async () => {
    const modes = [
      'graceful: goes on only where every check passes',
      'ungraceful: goes on and accepts that data is lost',
    ];
    const options = modes.map((text) => ({
      text: { type: 'plain_text', text },
      value: text,
    }));
    const mode = {
      type: 'section',
      text: { type: 'mrkdwn', text: '*Mode* · choosing another reads the state again: a new plan, and its own code.' },
      accessory: { type: 'static_select', action_id: 'mode', options, initial_option: options[0] },
    };
    const long = { type: 'section', text: { type: 'mrkdwn', text: 'word\n'.repeat(60) } };
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Fail over' }, blocks: [mode, long] };
    const { workspace } = farEnds.slack;
    addView(workspace, 'U0ANA', readView({ view }, 'modal', workspace), null);
    workspace.changes.tell();
    const dialog = page.getByRole('dialog', { name: 'Fail over' });
    await dialog.waitFor();
    const scrolling = await dialog.evaluate((shown: unknown) => {
      const parts = [shown as Part, ...(shown as Part).querySelectorAll('*')];
      // What has no scrollbar of its own stays where it is.
      return parts.filter((part) => Object.assign(part, { scrollTop: 10 }).scrollTop > 0).length;
    });
    expect(scrolling).toBe(1);
    const label = await dialog.getByText('choosing another reads the state again').boundingBox();
    expect(label?.height).toBeLessThan(50);
  });

  it('draws every emoji that the templates name, and takes no time or address for one', async () => {
    const files = await readdir('templates');
    const texts = await Promise.all(files.map((file) => readFile(`templates/${file}`, 'utf8')));
    const named = new Set(
      texts.flatMap((text) => [...text.matchAll(/(?<!\w):([a-z_]+):(?!\w)/g)].map(([, name]) => name)),
    );
    expect(named).toContain('rotating_light');
    say(`all of them: ${[...named].map((name) => `:${name}:`).join(' ')}`);
    const all = message('all of them');
    await all.waitFor();
    expect(await all.textContent()).not.toMatch(/:[a-z_]+:/);
    expect(await all.getByRole('img').count()).toBe(named.size);
    say('at 19:36:00 of arn:aws:rds:us-east-1:1:db:prod');
    await message('at 19:36:00 of arn:aws:rds:us-east-1:1:db:prod').waitFor();
  });
});
