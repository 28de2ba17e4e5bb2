import type { Locator, Page } from 'playwright-core';

/** More presses of Tab than there are places to go to on the page. */
const most = 300;

/** Goes to something by Tab alone, from wherever the focus is. Throws when it cannot be reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const focused = target.and(page.locator(':focus'));
  for (let presses = 0; presses <= most; presses += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} was not reached by ${most} presses of Tab.`);
}

/** Goes to a button by Tab and presses it. */
export async function pressByKeys(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
