import type { Locator, Page } from 'playwright-core';

/** What a person finds on the page by its role and name, and does there. */
export interface Hands {
  guide: Locator;
  dialog: Locator;
  /** The line to type in. */
  line: Locator;
  messages: Locator;
  /** How Muster itself is. */
  chip: Locator;
  /** A part at the right, by its title. */
  panel(title: string): Locator;
  /** Types a line and sends it by the keyboard. */
  type(line: string): Promise<void>;
  become(name: string): Promise<void>;
  goTo(channel: string): Promise<void>;
  /** Presses the newest such button in the conversation; `sure` is the question's answer, where one is asked. */
  press(label: RegExp, sure?: RegExp): Promise<void>;
  /** Waits for a message with these words. */
  seen(words: RegExp): Promise<Locator>;
  /** Has time go so many times faster than real; 0 stops it. */
  pace(scale: 0 | 1 | 10 | 60 | 300 | 600): Promise<void>;
}

export function handsOn(page: Page): Hands {
  const messages = page.getByRole('log', { name: 'Messages' }).getByRole('article');
  const line = page.getByRole('textbox', { name: /^Message or/ });
  const dialog = page.getByRole('dialog');
  return {
    guide: page.getByRole('region', { name: 'Guide' }),
    dialog,
    line,
    messages,
    chip: page.getByRole('banner').getByRole('status'),
    panel: (title) => page.getByRole('region', { name: title, exact: true }),
    type: async (text) => {
      await line.fill(text);
      await line.press('Enter');
    },
    become: (name) =>
      page
        .getByRole('list', { name: 'You are' })
        .getByRole('button', { name: new RegExp(name) })
        .click(),
    goTo: (channel) =>
      page
        .getByRole('list', { name: 'Channels', exact: true })
        .getByRole('button', { name: new RegExp(channel) })
        .click(),
    press: async (label, sure) => {
      await messages.getByRole('button', { name: label }).last().click();
      if (sure) await dialog.getByRole('button', { name: sure }).click();
    },
    seen: async (words) => {
      const message = messages.filter({ hasText: words }).last();
      await message.waitFor();
      return message;
    },
    pace: async (scale) => {
      const paces = page.getByRole('group', { name: 'How fast time passes' });
      if (scale === 0) await paces.getByRole('button', { name: 'Pause time' }).click();
      else await paces.getByRole('button', { name: `${scale}×`, exact: true }).click();
    },
  };
}
