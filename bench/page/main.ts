import { handsOn } from '../../test/e2e/page/hands.ts';
import { launchBrowser } from '../../test/e2e/page/launch-browser.ts';
import { findProgram } from '../../test/support/programs.ts';
import { inMs } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { sayWanted } from '../support/want.ts';
import { costOf } from './longest-task.ts';
import { openStage } from './stage.ts';

const wantedMs = 200;
const rounds = 3;

const program = findProgram('chromium');
if (program === undefined) throw new Error('chromium is not on PATH: install it, for it is what is measured.');
const stage = await openStage();
const browser = await launchBrowser(program);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(stage.url);
  const { dialog, goTo, line, messages, panel } = handsOn(page);
  await goTo('incidents');
  await messages.nth(99).waitFor();
  await panel('Recovery run')
    .getByRole('row', { name: /^step-40/ })
    .waitFor();

  const interactions: [string, () => Promise<void>][] = [
    ['type a command of 20 letters', () => line.pressSequentially('/dr failover tasks=8', { delay: 30 })],
    [
      'a form opens and closes',
      async () => {
        stage.openModal();
        await dialog.waitFor();
        stage.closeModal();
        await dialog.waitFor({ state: 'detached' });
      },
    ],
    [
      'another channel of a hundred messages',
      async () => {
        await goTo('stakeholders');
        await page.getByRole('heading', { name: '# stakeholders' }).waitFor();
        await messages.nth(99).waitFor();
        await goTo('incidents');
        await page.getByRole('heading', { name: '# incidents' }).waitFor();
        await messages.nth(99).waitFor();
      },
    ],
    [
      'the live message and the chart change',
      async () => {
        const done = await stage.goOn(4_000);
        await panel('Recovery run').getByText(`${done} of 40 steps done`).waitFor();
        await messages.last().getByText(`${done} of 40`).waitFor();
      },
    ],
  ];
  const rows: string[][] = [];
  const all: number[] = [];
  for (const [name, interact] of interactions) {
    const costs = [];
    for (let round = 0; round < rounds; round += 1) {
      await line.fill('');
      costs.push(await costOf(browser, page, interact));
    }
    const longest = costs.map((cost) => cost.longest);
    all.push(...longest);
    rows.push([
      name,
      inMs(Math.min(...longest)),
      inMs(Math.max(...longest)),
      inMs(Math.max(...costs.map((one) => one.busy))),
    ]);
  }
  say(table(['interaction', 'longest task, best', 'longest task, worst', 'main thread at work'], rows));
  sayWanted('Longest task of all', Math.max(...all), wantedMs, inMs);
} finally {
  await browser.close();
  await stage.stop();
}
