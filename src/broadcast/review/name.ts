import type { ReviewRow } from '../../store/reviews.ts';

/** What is to be read, as the beginning of a sentence. */
export function nameReview({ kind, glassCode }: Pick<ReviewRow, 'kind' | 'glassCode'>): string {
  if (kind === 'post-mortem') return 'The post-mortem';
  return `Why the glass was broken${glassCode === null ? '' : ` (code ${glassCode})`}`;
}
