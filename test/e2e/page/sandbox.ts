import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Child, runBuilt } from '../child.ts';
import { type Hands, handsOn } from './hands.ts';

/** The built sandbox in a process of its own, and its page in a browser without a window. */
export interface Sandbox extends Hands {
  page: Page;
  url: string;
  /** What the browser complained of, and requests that failed. */
  complaints: string[];
  close(): Promise<void>;
}

export interface SandboxOptions {
  scale?: number;
  play?: 'failover';
  context?: BrowserContextOptions;
}

/** For conditions, in milliseconds: how long a thing takes on a busy machine is never what fails. */
export const patienceMs = 120_000;

export async function openSandbox(browser: Browser, { scale, play, context }: SandboxOptions = {}): Promise<Sandbox> {
  const cwd = await mkdtemp(join(tmpdir(), 'muster-page-'));
  const args = ['--port', '0', ...(scale ? ['--scale', String(scale)] : []), ...(play ? ['--play', play] : [])];
  const child = runBuilt('sandbox/main.js', args, {}, cwd);
  let closePage = async (): Promise<void> => undefined;
  const close = async (): Promise<void> => {
    await closePage();
    await child.stop();
    await rm(cwd, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    const opened = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      timezoneId: 'Europe/Berlin',
      ...context,
    });
    closePage = () => opened.close();
    opened.setDefaultTimeout(patienceMs);
    const page = await opened.newPage();
    const complaints = listenTo(page);
    await page.goto(url);
    return { page, url, complaints, ...handsOn(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An event stream that ends because its page goes away is no fault. */
export function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'failed';
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.method()} ${request.url()}: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return complaints;
}

/** The address that the sandbox prints once it serves. */
async function addressOf(child: Child): Promise<string> {
  let ended = false;
  void child.ended.then(() => {
    ended = true;
  });
  for (;;) {
    const url = /http:\/\/localhost:\d+/.exec(child.out.join('\n'))?.[0];
    if (url !== undefined) return url;
    if (ended) throw new Error(`The sandbox ended before it served:\n${child.err.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
