import { startOutside } from '../../test/e2e/outside.ts';
import { inMs, percentile } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { measureAcknowledgement } from './acknowledge.ts';
import { measureOpening } from './open-modal.ts';

const outside = await startOutside({ scale: 1 });
try {
  const rounds = await measureAcknowledgement(outside);
  const opened = await measureOpening(outside);
  const cells = (name: string, took: readonly number[]): string[] => [
    name,
    String(took.length),
    inMs(percentile(took, 0.5)),
    inMs(percentile(took, 0.99)),
  ];
  say(
    table(
      ['what', 'commands', 'p50', 'p99'],
      [
        ...rounds.flatMap(({ bare, muster }, round) => [
          cells(`${round + 1}: bare Bolt listener, acknowledged`, bare),
          cells(`${round + 1}: Muster, acknowledged`, muster),
        ]),
        cells('Muster, form open: AWS silent, posts refused', opened),
      ],
    ),
  );
  const ratios = (share: number): number[] =>
    rounds.map(({ bare, muster }) => percentile(muster, share) / percentile(bare, share)).toSorted((a, b) => a - b);
  const said = (share: number): string => {
    const found = ratios(share);
    return `${percentile(found, 0.5).toFixed(2)} (${found.map((ratio) => ratio.toFixed(2)).join(', ')})`;
  };
  say(`Muster to bare at p50, the middle of the rounds: ${said(0.5)}.`);
  say(`Muster to bare at p99, the middle of the rounds: ${said(0.99)}; wanted: at most 1.50.`);
  say(`Form open, p99: ${inMs(percentile(opened, 0.99))} (wanted: less than 300 ms).`);
} finally {
  await outside.close();
}
