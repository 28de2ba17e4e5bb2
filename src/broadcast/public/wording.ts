import type { Incident } from '../../domain/incident.ts';
import type { ComponentStatus } from '../../domain/notice.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import type { WordsDeps } from '../deps.ts';
import { openingComponents } from './show.ts';

/** Statuspage takes no longer name. */
const longestName = 255;
const mark = '[Simulated] ';

export interface OpeningWords {
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
export function openingWords(deps: WordsDeps, incident: Incident): OpeningWords {
  const name = deps.say('public-name', { systemTitle: deps.home.system.title, services: servicesOf(incident) });
  return {
    name: markSimulated(deps, name).slice(0, longestName),
    body: publicBody(deps, incident, 'public-opened'),
    components: openingComponents(deps.home, incident),
  };
}

/** Without the time of the next words, which the promise adds. */
export function publicBody(deps: WordsDeps, incident: Incident, sentence: PublicSentence): string {
  const began = sayInstant(incident.impactBeganAt, deps.home.timezone);
  return deps.say(sentence, { services: servicesOf(incident), began, nextUpdate: '' });
}

/** Public words of a sandbox say so, once. */
export function markSimulated(deps: Pick<WordsDeps, 'simulated'>, words: string): string {
  return deps.simulated && !words.startsWith(mark) ? `${mark}${words}` : words;
}

function servicesOf(incident: Incident): string {
  return incident.services.join(', ');
}
