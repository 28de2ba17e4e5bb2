import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { startPage } from '../../sandbox/server.ts';
import { addView, readView } from '../../sandbox/slack/methods/views.ts';
import type { Served } from '../../sandbox/wire/serve.ts';
import { createScaledClock, type ScaledClock } from '../../src/clock/scaled-clock.ts';
import { signatureHeaders } from '../../src/pager/sign.ts';
import { describeWith } from '../support/needs.ts';
import { home, scopes } from './home.ts';
import { call, channelId } from './slack/workbench.ts';

describeWith('chromium', 'the page in a person’s hands', (program) => {
  let browser: Browser;
  let farEnds: FarEnds;
  let served: Served;
  let clock: ScaledClock;
  let page: Page;
  let incidents: string;
  let complaints: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const now = new Date();
    clock = createScaledClock({ realOrigin: now, origin: now, scale: 10 });
    const granted = { scopes, events: [], shouldEscape: false };
    farEnds = await startFarEnds({ home, clock, granted, rateLimits: false });
    served = await startPage({ home, farEnds, clock });
    incidents = channelId(farEnds.slack, 'incidents');
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Berlin' });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(served.url);
    await page.locator('.channels button', { hasText: 'incidents' }).click();
  });
  afterEach(async () => {
    await page.close();
    await served.stop();
    await farEnds.stop();
    expect(complaints).toEqual([]);
  });

  const say = (text: string) => farEnds.slack.act.sendMessage({ user: 'U0BEN', channel: incidents, text });
  const message = (text: string) => page.locator('#messages .message', { hasText: text });
  const below = () => page.getByRole('button', { name: 'New messages below' });
  /** Says so much that it cannot be seen at once. */
  const fill = async () => {
    for (let line = 1; line <= 40; line += 1) say(`line ${line}.`);
    await message('line 40.').waitFor();
  };
  const isInSight = (text: string) =>
    message(text).evaluate((row) => {
      const place = row.parentElement?.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      return place !== undefined && top >= place.top && bottom <= place.bottom;
    });

  const scrollUp = () =>
    page.locator('#messages').evaluate((place) => {
      const seen = new Promise((resolve) => place.addEventListener('scroll', resolve, { once: true }));
      place.scrollTop = 0;
      return seen.then(() => undefined);
    });

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

  it('offers the pace it begins with, and leaves a list alone that somebody has in hand', async () => {
    const paces = page.locator('#clock select');
    expect(await paces.inputValue()).toBe('10');
    await paces.focus();
    const list = await paces.elementHandle();
    const time = page.locator('#clock time');
    const before = (await time.textContent()) ?? '';
    await time.filter({ hasNotText: before }).waitFor();
    await page.locator('#clock select:focus').waitFor();
    expect(await paces.locator('option').allTextContents()).toContain('10× time');
    await paces.selectOption('60');
    await page.locator('#clock option:checked[value="60"]').waitFor({ state: 'attached' });
    expect(await list?.evaluate((node) => node.isConnected)).toBe(true);
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
    const at = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/Berlin' }).format(clock.now());
    const shown = page.locator('#world article');
    expect(await page.locator('.components li').allTextContents()).toEqual(['apiMajor outage', 'webOperational']);
    expect(await shown.locator('h4').textContent()).toBe('Disruption of api');
    expect(await shown.locator('p').first().textContent()).toBe('Monitoring Affects api (major outage)');
    expect(await shown.locator('.updates li').allTextContents()).toEqual([
      expect.stringMatching(new RegExp(`^Monitoring.*${at} CES?TIt is back\\.$`)),
      expect.stringMatching(new RegExp(`^Investigating.*${at} CES?TWe look into it\\.$`)),
    ]);
    expect(await page.locator('#world').textContent()).not.toContain('[object');
  });

  it('lists mail and pages; what was opened stays open when more arrives, and markup is not rendered', async () => {
    const transport = createTransport(farEnds.mail.url);
    const send = (subject: string) =>
      transport.sendMail({
        from: 'dr@example.com',
        to: 'directors@example.com',
        subject,
        text: `Text of ${subject} <b>as it is</b>`,
        html: '<p>never rendered</p>',
      });
    await send('First');
    const first = page.locator('.mail', { hasText: 'First' });
    await first.locator('summary').click();
    expect(await first.locator('summary').textContent()).toContain('to directors@example.com');
    await send('Second');
    await page.locator('.mail', { hasText: 'Second' }).waitFor();
    expect(await first.locator('pre').textContent()).toBe('Text of First <b>as it is</b>');
    expect(await page.locator('.mail').first().locator('pre').isVisible()).toBe(false);
    expect(await page.locator('#world').textContent()).not.toContain('never rendered');

    const body = JSON.stringify({ event_action: 'trigger', payload: { summary: 'INC-1 needs you' } });
    const headers = signatureHeaders(farEnds.pager.secret, new Date(), body);
    await fetch(farEnds.pager.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'k1' },
      body,
    });
    await page.getByText('trigger · INC-1 needs you').waitFor();
  });

  it('keeps what was refused beside its message until it is dismissed', async () => {
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } };
    const asked = { channel: incidents, text: 'Shall we?', blocks: [{ type: 'actions', elements: [button] }] };
    await call(farEnds.slack, 'chat.postMessage', asked);
    farEnds.slack.faults.down = '503';
    const row = page.locator('#messages .message', { has: page.getByRole('button', { name: 'Go' }) });
    await row.getByRole('button', { name: 'Go' }).click();
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
      'graceful: stops when more would be lost than the objective allows',
      'ungraceful: goes on and accepts that data is lost',
    ];
    const options = modes.map((text) => ({
      text: { type: 'plain_text', text },
      value: text,
    }));
    const mode = {
      type: 'section',
      text: { type: 'mrkdwn', text: '*Mode* · choosing another reads the state again: a new plan, a new code.' },
      accessory: { type: 'static_select', action_id: 'mode', options, initial_option: options[0] },
    };
    const long = { type: 'section', text: { type: 'mrkdwn', text: 'word\n'.repeat(60) } };
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Fail over' }, blocks: [mode, long] };
    const { workspace } = farEnds.slack;
    addView(workspace, 'U0ANA', readView({ view }, 'modal', workspace), null);
    workspace.changes.tell();
    await page.locator('dialog.modal').waitFor();
    const scrolls = (node: { scrollHeight: number; clientHeight: number }) => node.scrollHeight > node.clientHeight;
    expect(await page.locator('dialog.modal').evaluate(scrolls)).toBe(false);
    expect(await page.locator('.modal-body').evaluate(scrolls)).toBe(true);
    const label = await page.locator('dialog .section-body .text').first().boundingBox();
    expect(label?.height).toBeLessThan(50);
  });
});
