import { startOutside } from '../../test/e2e/outside.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { asRatio, sayWanted } from '../support/want.ts';
import { measureAcknowledgement } from './acknowledge.ts';
import { measureOpening } from './open-modal.ts';

const outside = await startOutside({ scale: 1 });
try {
  const { bare, muster } = await measureAcknowledgement(outside);
  const opened = await measureOpening(outside);
  const row = (name: string, took: readonly number[]): string[] => [
    name,
    String(took.length),
    inMs(percentile(took, 0.5)),
    inMs(percentile(took, 0.99)),
  ];
  say(
    table(
      ['what', 'commands', 'p50', 'p99'],
      [
        row('bare Bolt listener, acknowledged', bare),
        row('Muster, acknowledged', muster),
        row('Muster, form open: AWS silent, posts refused', opened),
      ],
    ),
  );
  const ratio = (share: number): number => percentile(muster, share) / percentile(bare, share);
  say(`Muster to bare at p50: ${asRatio(ratio(0.5))}.`);
  sayWanted('Muster to bare at p99', ratio(0.99), 1.5, asRatio);
  sayWanted('Form open at p99', percentile(opened, 0.99), 300, inMs);
} finally {
  await outside.close();
}
