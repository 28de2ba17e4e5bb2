import type { ReceivedPage } from '../../../pager/start.ts';

/** One mail; its HTML part is at `/sandbox/api/mail/ID`. */
export interface Mail {
  id: number;
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** The slice `mail`: the newest of all that arrived, the first the newest. */
export interface Mailbox {
  count: number;
  mails: Mail[];
}

/** The slice `pager`. */
export interface Pager {
  count: number;
  pages: ReceivedPage[];
}

/** Pagers name things differently, and some wrap them. */
export function summaryOf(page: Record<string, unknown>): string {
  const inner = typeof page.payload === 'object' && page.payload !== null ? page.payload : {};
  const body: Record<string, unknown> = { ...inner, ...page };
  const words = [body.action ?? body.event_action, body.label, body.summary ?? body.title];
  return words.filter((word) => typeof word === 'string').join(' · ') || 'A page';
}
