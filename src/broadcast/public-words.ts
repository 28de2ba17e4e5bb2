import type { Home } from '../domain/home.ts';
import type { Incident } from '../domain/incident.ts';
import type { ComponentStatus } from '../domain/notice.ts';
import type { WordsDeps } from './deps.ts';
import { sayInstant } from './say-time.ts';

/** Statuspage takes no longer name. */
const longestName = 255;

export interface PublicWords {
  name: string;
  body: string;
  components: Record<string, ComponentStatus>;
}

type PublicSentence =
  | 'public-opened'
  | 'public-monitoring'
  | 'public-verifying'
  | 'public-continuing'
  | 'public-resolved';

/** The first public words for an incident. Its title stays inside: it is written for responders. */
export function openingWords(deps: WordsDeps, incident: Incident): PublicWords {
  const name = deps.say('public-name', { systemTitle: deps.home.system.title, services: servicesOf(incident) });
  const impact = impactOf(deps.home, incident.severity);
  return {
    name: mark(deps, name).slice(0, longestName),
    body: publicBody(deps, incident, 'public-opened'),
    components: Object.fromEntries(componentsOf(deps.home, incident).map((component) => [component, impact])),
  };
}

export function publicBody(deps: WordsDeps, incident: Incident, sentence: PublicSentence): string {
  const began = sayInstant(incident.impactBeganAt, deps.home.timezone);
  return mark(deps, deps.say(sentence, { services: servicesOf(incident), began }));
}

/** Component ids of this incident's services only. */
function componentsOf(home: Home, incident: Incident): string[] {
  const ids = incident.services.flatMap((service) => home.system.services[service]?.component ?? []);
  return [...new Set(ids)];
}

/** Severities are written in muster.yml from the worst down. */
function impactOf(home: Home, severity: string): ComponentStatus {
  const rank = Object.keys(home.severities).indexOf(severity);
  if (rank <= 0) return 'major_outage';
  return rank === 1 ? 'partial_outage' : 'degraded_performance';
}

function servicesOf(incident: Incident): string {
  return incident.services.join(', ');
}

function mark(deps: WordsDeps, words: string): string {
  return deps.simulated ? `[Simulated] ${words}` : words;
}
