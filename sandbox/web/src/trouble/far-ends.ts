import type { FarEnd } from './types.ts';

export interface FarEndOffer {
  target: FarEnd;
  /** At the beginning of a sentence. */
  name: string;
  offers: { label: string; body: object }[];
}

const lose = { lose: { times: 1, of: '' } };
const slow = { slowMs: 2000 };

/** What can go wrong around Muster; `down` is offered for each. */
export const farEnds: readonly FarEndOffer[] = [
  {
    target: 'slack',
    name: 'Slack',
    offers: [
      { label: 'Slow', body: slow },
      { label: 'Rate limit for 5 min', body: { rateLimitedSeconds: 300 } },
      { label: 'Lose an answer', body: lose },
    ],
  },
  {
    target: 'statuspage',
    name: 'The status page',
    offers: [
      { label: 'Slow', body: slow },
      { label: 'Lose an answer', body: lose },
    ],
  },
  { target: 'mail', name: 'Mail', offers: [] },
  { target: 'pager', name: 'The pager', offers: [] },
];
