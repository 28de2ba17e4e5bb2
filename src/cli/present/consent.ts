import { sayAsked } from '../../domain/asked.ts';
import type { ConsentView } from '../../domain/views.ts';
import type { Wire } from '../wire.ts';
import { clockTime } from './text.ts';

/** One sentence on where a request for consent stands. */
export function presentConsent(consent: Wire<ConsentView>): string {
  const what = `${sayAsked(consent.plan, consent.amendment)} ${consent.code}`;
  const given = consent.approvals.map((approval) => approval.by);
  switch (consent.state) {
    case 'pending': {
      const left = consent.needed - given.length;
      const until = clockTime(consent.expiresAt, consent.timezone);
      const so = given.length > 0 ? ` ${given.join(', ')} approved.` : '';
      return `${what} waits for ${left} other ${left === 1 ? 'person' : 'people'} until ${until}: muster approve ${consent.code}.${so}`;
    }
    case 'granted':
      return `${what} is granted${consent.brokenGlass ? ` by break-glass of ${consent.brokenGlass.by}` : byWhom(given)}.`;
    case 'expired':
      return `${what} expired with ${given.length} of ${consent.needed} approvals. Nothing was done.`;
    case 'superseded':
      return `${what} was replaced by a newer request. Nothing was done for it.`;
    case 'refused':
      return `${what} was refused. Nothing was done.`;
  }
}

function byWhom(given: readonly string[]): string {
  return given.length > 0 ? ` by ${given.join(', ')}` : '';
}
