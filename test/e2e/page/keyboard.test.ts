import { afterEach, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { describeWith } from '../../support/needs.ts';
import { untilMeasured, untilSucceeded } from './guided-run.ts';
import { pressByKeys, tabTo } from './keyboard.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { useBrowser } from './use-browser.ts';

describeWith('chromium', 'the page by the keyboard alone', (program) => {
  const browser = useBrowser(program);
  let sandbox: Sandbox;
  afterEach(() => sandbox.close());

  it('goes through the whole guided run', async () => {
    sandbox = await openSandbox(browser());
    const { page, guide, dialog, line, messages } = sandbox;
    const hasFocus = (target: Locator) => target.and(page.locator(':focus')).waitFor();
    await pressByKeys(page, guide.getByRole('button', { name: 'Start' }));
    await guide.getByText('1 of 3').waitFor();

    // From elsewhere on the page the slash goes to the line, and is the command's own.
    await tabTo(page, page.getByRole('button', { name: 'Keys', exact: true }));
    await page.keyboard.type('/dr dec');
    await hasFocus(line);
    await page.getByRole('option', { name: /^declare/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type(' api fails');
    await page.keyboard.press('Enter');
    await hasFocus(dialog.getByRole('textbox', { name: 'What is wrong?' }));
    await pressByKeys(page, dialog.getByRole('checkbox', { name: /^api/ }), 'Space');
    await pressByKeys(page, dialog.getByRole('button', { name: 'Declare' }));
    await guide.getByText('2 of 3').waitFor();

    await pressByKeys(page, guide.getByRole('button', { name: 'Type it for me' }));
    await hasFocus(line.and(page.locator(':not(:placeholder-shown)')));
    await page.keyboard.press('Enter');
    const phrase = dialog.getByRole('textbox', { name: /^Type FAILOVER/ });
    await tabTo(page, phrase);
    await page.keyboard.type('failover');
    await page.keyboard.press('Enter');
    await dialog.getByText('Nothing has been done.').waitFor();
    await hasFocus(phrase);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('FAILOVER');
    await page.keyboard.press('Enter');
    await guide.getByText('3 of 3').waitFor();

    await pressByKeys(page, messages.getByRole('button', { name: /^Approve/ }).last());
    await pressByKeys(page, dialog.getByRole('button', { name: /^Approve/ }));
    await untilSucceeded(sandbox);
    await pressByKeys(page, guide.getByRole('button', { name: 'Do it for me' }));
    await untilMeasured(sandbox);
    await pressByKeys(page, guide.getByRole('button', { name: 'Close the guide' }));
    await guide.waitFor({ state: 'detached' });
    await hasFocus(line);

    await page.keyboard.type('dr status');
    await page.keyboard.press('Enter');
    await page.getByText('Did you mean /dr').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');

    // The actions of a message are one stop of Tab; the arrow keys go from one to the next.
    await tabTo(page, messages.getByRole('toolbar').first().getByRole('button').first());
    const reply = messages.getByRole('button', { name: 'Reply in thread' }).first();
    await page.keyboard.press('ArrowRight');
    await hasFocus(reply);
    await page.keyboard.press('Enter');
    await hasFocus(page.getByRole('textbox', { name: 'Reply in thread' }));
    await page.keyboard.press('Escape');
    await hasFocus(reply);
    expect(sandbox.complaints).toEqual([]);
  });
});
