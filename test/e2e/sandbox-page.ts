import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type Child, runBuilt } from './child.ts';

/** The sandbox as a person has it: its own process, and its page in a browser without a window. */
export interface SandboxPage {
  page: Page;
  /** What the browser complained of. */
  complaints: string[];
  dialog: Locator;
  /** Types a line and sends it by the keyboard. */
  type(line: string): Promise<void>;
  become(name: string): Promise<void>;
  goTo(channel: string): Promise<void>;
  /** Presses the newest such button in the conversation; `sure` is the question's answer, where one is asked. */
  press(label: RegExp, sure?: RegExp): Promise<void>;
  /** Waits for a message with these words. */
  seen(words: RegExp, seconds?: number): Promise<Locator>;
  close(): Promise<void>;
}

export interface SandboxPageOptions {
  scale?: number;
  size?: { width: number; height: number };
}

export async function openSandboxPage(program: string, options: SandboxPageOptions = {}): Promise<SandboxPage> {
  const cwd = await mkdtemp(join(tmpdir(), 'muster-page-'));
  const child = runBuilt('sandbox/main.js', ['--port', '0', '--scale', String(options.scale ?? 120)], {}, cwd);
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await child.stop();
    await rm(cwd, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    const page = await browser.newPage({
      viewport: options.size ?? { width: 1280, height: 900 },
      colorScheme: 'light',
      timezoneId: 'Europe/Berlin',
    });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    return { page, complaints, ...handsOn(page), close };
  } catch (error) {
    await close();
    throw error;
  }
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

type Hands = Pick<SandboxPage, 'dialog' | 'type' | 'become' | 'goTo' | 'press' | 'seen'>;

function handsOn(page: Page): Hands {
  const messages = page.locator('#messages .message');
  return {
    dialog: page.locator('dialog.modal'),
    type: async (line) => {
      await page.locator('#line').fill(line);
      await page.locator('#line').press('Enter');
    },
    become: (name) => page.locator('.people button', { hasText: name }).click(),
    goTo: (channel) => page.locator('.channels button', { hasText: channel }).click(),
    press: async (label, sure) => {
      await messages.getByRole('button', { name: label }).last().click();
      if (sure) await page.locator('dialog.small').getByRole('button', { name: sure }).click();
    },
    seen: async (words, seconds = 60) => {
      const message = messages.filter({ hasText: words }).last();
      await message.waitFor({ timeout: seconds * 1000 });
      return message;
    },
  };
}
