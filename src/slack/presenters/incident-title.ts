import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { isolate, said } from './escape.ts';

/** `INC-7 · P1 · Checkout fails`, for plain text and for mrkdwn. */
export function incidentTitle({ id, severity, title }: Incident): { plain: string; mrkdwn: string } {
  const head = `${incidentLabel(id)} · ${severity} · `;
  return { plain: `${head}${isolate(title)}`, mrkdwn: `${head}${said(title)}` };
}
