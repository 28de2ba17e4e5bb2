// The pictures of README.md, of the program as built: `npm run build && node --import ./test/support/run-ts.mjs scripts/take-pictures.mjs`
import { mkdir } from 'node:fs/promises';
import { openSandboxPage } from '../test/e2e/sandbox-page.ts';
import { findProgram } from '../test/support/programs.ts';

const program = findProgram('chromium');
if (program === undefined) throw new Error('chromium is not on PATH: install it, for it takes the pictures.');
const folder = 'docs/pictures';
await mkdir(folder, { recursive: true });
const sandbox = await openSandboxPage(program, { scale: 20, size: { width: 1200, height: 1100 } });
const { page, dialog } = sandbox;
const speed = (scale) => page.locator('#clock select').selectOption(String(scale));
/** From this message to the end of the conversation, and nothing beside it: a picture must be light. */
async function take(name, from) {
  await from.evaluate((node) => node.scrollIntoView({ block: 'start' }));
  const place = await page.locator('#messages').boundingBox();
  const first = await from.boundingBox();
  const last = await page.locator('#messages .message').last().boundingBox();
  const y = Math.max(place.y, first.y);
  const bottom = Math.min(place.y + place.height, last.y + last.height);
  await page.screenshot({ path: `${folder}/${name}.png`, clip: { ...place, y, height: bottom - y } });
}

try {
  await sandbox.type('/dr declare');
  await dialog.getByLabel('What is wrong?').fill('Checkout fails for everybody');
  await dialog.getByLabel(/^api/).check();
  await dialog.getByRole('button', { name: 'Declare' }).click();
  await sandbox.goTo('inc-1');
  await sandbox.seen(/INC-1 · P1/);

  await sandbox.type('/dr failover');
  await dialog.getByLabel(/^Type FAILOVER/).fill('FAILOVER');
  await dialog.screenshot({ path: `${folder}/plan.png` });
  await dialog.getByRole('button', { name: 'Ask for approval' }).click();
  await sandbox.seen(/Approval needed/);

  await sandbox.become('Ben');
  await sandbox.press(/^Approve/, /Approve/);
  await sandbox.seen(/✅ done fence[\s\S]*running promote/, 120);
  await take('running', await sandbox.seen(/Running: Fail over/));

  await speed(300);
  await sandbox.seen(/Succeeded: Fail over/, 300);
  await sandbox.become('Ana');
  await sandbox.type('/dr resolve');
  await sandbox.seen(/is resolved\.[\s\S]*RTO/, 120);
  await sandbox.become('Dov');
  await take('ended', await sandbox.seen(/Succeeded: Fail over/));
} finally {
  await sandbox.close();
}
