import { startOutside } from '../../test/e2e/outside.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { asRatio, sayWanted } from '../support/want.ts';
import { makeHome } from './home.ts';
import { measureMinute } from './minute.ts';
import { measureRendering } from './render.ts';

const incidents = Number(process.argv[2] ?? 200);
const dueMinutes = 30;
const messages = 1000;

const rendering = await measureRendering(messages);
const home = await makeHome(dueMinutes);
const outside = await startOutside({ scale: 1, homeDir: home.dir, rateLimits: true });
try {
  const { idle, busy, delivered } = await measureMinute(outside, incidents, dueMinutes * 60_000);
  const seconds = (value: number): string => `${value.toFixed(1)} s`;
  say(
    table(
      ['to', 'words', 'all there after', 'its limit allows', 'ratio'],
      delivered.map(({ to, count, seconds: took, least }) => [
        to,
        String(count),
        seconds(took),
        seconds(least),
        least === 0 ? '' : (took / least).toFixed(2),
      ]),
    ),
  );
  const paces = { 'a hundred a second': 'paced', 'fifty in flight': 'crowded' } as const;
  say(
    table(
      ['acknowledged', 'p50', 'p99'],
      Object.entries(paces).flatMap(([pace, key]) => [
        [`${pace}, nothing due`, inMs(percentile(idle[key], 0.5)), inMs(percentile(idle[key], 0.99))],
        [`${pace}, all of it going out`, inMs(percentile(busy[key], 0.5)), inMs(percentile(busy[key], 0.99))],
      ]),
    ),
  );
  const most = Math.max(...delivered.filter(({ least }) => least > 0).map(({ seconds: took, least }) => took / least));
  sayWanted('Delivered, to what the limits allow', most, 1.2, asRatio);
  for (const [pace, key] of Object.entries(paces)) {
    const ratio = percentile(busy[key], 0.99) / percentile(idle[key], 0.99);
    say(`Acknowledgement at p99, ${pace}: ${ratio.toFixed(2)} times that with nothing due.`);
  }
  say(
    `${messages} of the largest updates rendered in ${inMs(rendering.muster)}: ${(rendering.muster / rendering.bare).toFixed(1)} times bare Handlebars, which checks and escapes nothing.`,
  );
} finally {
  await outside.close();
  await home.remove();
}
