import { type Browser, chromium } from 'playwright-core';

export function launchBrowser(program: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-dev-shm-usage', ...more] });
}
