import { startSentence } from '../../../../src/domain/start-sentence.ts';
import type { PublicIncident, StatusPage } from './page.ts';

export type Level = 'operational' | 'maintenance' | 'minor' | 'major' | 'critical';

const words: Record<string, string> = {
  operational: 'Operational',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};

export function wordOf(status: string): string {
  return words[status] ?? startSentence(status.replaceAll('_', ' '));
}

const levels: readonly Level[] = ['operational', 'maintenance', 'minor', 'major', 'critical'];
const ofComponent: Record<string, Level> = {
  operational: 'operational',
  under_maintenance: 'maintenance',
  degraded_performance: 'minor',
  partial_outage: 'major',
  major_outage: 'critical',
};
const ofImpact: Record<string, Level> = {
  maintenance: 'maintenance',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
};

const sentences: Record<Level, string> = {
  operational: 'All systems operational',
  maintenance: 'Service under maintenance',
  minor: 'Partially degraded service',
  major: 'Partial system outage',
  critical: 'Major system outage',
};

/** A status that is not known here is not known to be well. */
export function levelOf(status: string): Level {
  return ofComponent[status] ?? 'minor';
}

export function isOver({ status }: PublicIncident): boolean {
  return status === 'resolved' || status === 'completed';
}

/** The page as a whole is as bad as its worst component or open incident; one of no impact is named all the same. */
export function bannerOf({ components, incidents }: Pick<StatusPage, 'components' | 'incidents'>): {
  level: Level;
  text: string;
} {
  const open = incidents.filter((incident) => !isOver(incident));
  const found = [
    ...components.map(({ status }) => levelOf(status)),
    ...open.map(({ impact }) => ofImpact[impact] ?? 'operational'),
  ];
  const level = levels[Math.max(0, ...found.map((one) => levels.indexOf(one)))] ?? 'operational';
  if (level === 'operational' && open.length > 0) return { level: 'minor', text: 'An incident is being looked into' };
  return { level, text: sentences[level] };
}

/** How many notifications subscribers got. */
export function sayTold(count: number): string {
  if (count === 0) return 'Subscribers have been told nothing.';
  return count === 1 ? 'Subscribers were notified once.' : `Subscribers were notified ${count} times.`;
}
