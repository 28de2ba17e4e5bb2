import { dateFormat } from '../domain/formats.ts';

/** The month that people at this place are in: `2026-11`, and `November 2026`. */
export function monthOf(at: Date, timezone: string): { number: string; name: string } {
  const parts = dateFormat('en-GB', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const [month = '', year = ''] = parts.format(at).split('/');
  const name = dateFormat('en-GB', { timeZone: timezone, year: 'numeric', month: 'long' }).format(at);
  return { number: `${year}-${month}`, name };
}
