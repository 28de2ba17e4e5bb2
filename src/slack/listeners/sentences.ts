import { planLabel } from '../../domain/plan.ts';
import type { ConsentView } from '../../domain/views.ts';

/** What became of a request, for the person who has just done their part. */
export function consentSentence(consent: ConsentView): string {
  const title = `${consent.plan.title} (${consent.code})`;
  if (consent.state === 'granted') {
    const approved = consent.needed > 0 ? 'is approved and ' : '';
    return consent.amendment === null
      ? `${title} ${approved}starts now.`
      : `The change ${consent.code} ${approved || 'is '}taken up now.`;
  }
  if (consent.state !== 'pending') return `${title} is ${consent.state}: nothing is done.`;
  const missing = consent.needed - consent.approvals.length;
  const people = missing === 1 ? 'One more person has' : `${missing} more people have`;
  return `${title} waits in ${planLabel(consent.plan)}. ${people} to approve it, other than ${consent.requestedBy}.`;
}
