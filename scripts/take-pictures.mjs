// The pictures of README.md, of the program as built: `npm run pictures`.
import { mkdir } from 'node:fs/promises';
import { approve, ask, begin, declare, resolve } from '../test/e2e/page/guided-run.ts';
import { launchBrowser } from '../test/e2e/page/launch-browser.ts';
import { openSandbox } from '../test/e2e/page/sandbox.ts';
import { findProgram } from '../test/support/programs.ts';

const program = findProgram('chromium');
if (program === undefined) throw new Error('chromium is not on PATH: install it, for it takes the pictures.');
const folder = 'docs/pictures';
await mkdir(folder, { recursive: true });

const wide = { width: 1440, height: 610 };
/** Just wide enough for everything side by side. */
const tight = { width: 1120, height: 660 };
/** Too narrow for everything side by side: a part of the page gets the whole width. */
const narrow = { width: 940, height: 1400 };
// The same letter always of the same dots: a picture has to be light.
const browser = await launchBrowser(program, ['--disable-lcd-text', '--disable-font-subpixel-positioning']);
const sandbox = await openSandbox(browser, {
  context: { viewport: wide, deviceScaleFactor: 1.5, reducedMotion: 'reduce' },
});
const { page, guide, panel } = sandbox;

/** Nothing lights up under the mouse, nor has a ring around it. */
async function settle() {
  await page.mouse.move(0, 0);
  await page.evaluate(() => globalThis.document.activeElement?.blur());
}

async function take(name, clip, scale = 'device') {
  await settle();
  await page.screenshot({ path: `${folder}/${name}.png`, clip, scale });
}

/** Brings the beginning or the end of a message into sight, with no word of newer ones above it. */
async function show(message, block) {
  const newer = page.getByRole('button', { name: 'New messages below' });
  if (await newer.isVisible()) await newer.click();
  await message.evaluate((node, at) => node.scrollIntoView({ block: at }), block);
}

/** A panel across the page; `until` is the last thing in it that is of interest. */
async function takePanel(name, title, until) {
  await page.setViewportSize(narrow);
  await page
    .getByRole('navigation', { name: 'Parts of the page' })
    .getByRole('button', { name: /^World/ })
    .click();
  await panel(title).evaluate((node) => node.scrollIntoView({ block: 'start' }));
  const box = await panel(title).boundingBox();
  const end = await until.boundingBox();
  await take(name, { ...box, height: Math.min(box.height, end.y + end.height + 12 - box.y) });
  await page.setViewportSize(wide);
}

try {
  await begin(sandbox);
  await declare(sandbox);
  await ask(sandbox);
  await page.getByRole('list', { name: 'You are' }).getByRole('button', { name: /Ben/, pressed: true }).waitFor();
  const asked = await sandbox.seen(/Approval needed/);
  await show(asked, 'end');
  const talk = await page.getByRole('main').boundingBox();
  const log = await page.getByRole('log', { name: 'Messages' }).boundingBox();
  await take('approval', { ...talk, height: log.y + log.height - talk.y });

  await approve(sandbox);
  const run = panel('Recovery run');
  await run.getByRole('row', { name: /^promote .*running/ }).waitFor();
  // The live message comes a little later than the chart.
  await sandbox.pace(10);
  await sandbox.seen(/done\s*scale[\s\S]*running\s*promote/);
  await sandbox.pace(0);
  await page.setViewportSize(tight);
  await show(await sandbox.seen(/Running: Fail over/), 'start');
  const { x, y, height } = await page.getByRole('main').boundingBox();
  await take('running', { x, y, width: tight.width - x, height }, 'css');
  await page.setViewportSize(wide);
  await sandbox.pace(60);

  const published = panel('Status page').getByRole('article');
  await published.waitFor();
  await sandbox.pace(0);
  await takePanel('status-page', 'Status page', panel('Status page').getByRole('list', { name: 'Components' }));
  await sandbox.pace(60);

  await resolve(sandbox);
  await guide.getByRole('button', { name: 'Close the guide' }).click();
  await takePanel('gantt', 'Recovery run', run.getByRole('list', { name: 'Legend' }));
} finally {
  await sandbox.close();
  await browser.close();
}
