import { afterAll, beforeAll } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

/** One browser for a whole suite. */
export function useBrowser(program: string): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser(program);
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error('The browser is there only while tests run.');
    return browser;
  };
}

export function launchBrowser(program: string): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
