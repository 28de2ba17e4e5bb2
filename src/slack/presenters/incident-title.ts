import { type Incident, incidentLabel } from '../../domain/incident.ts';
import { isolate, said } from './escape.ts';

/** `INC-7 · P1 · Checkout fails`, or `DRILL-8 · Drill: Restore a copy`, for plain text and for mrkdwn. */
export function incidentTitle(incident: Incident): { plain: string; mrkdwn: string } {
  const { severity, title } = incident;
  const head = [incidentLabel(incident), ...(severity === '' ? [] : [severity]), ''].join(' · ');
  return { plain: `${head}${isolate(title)}`, mrkdwn: `${head}${said(title)}` };
}
