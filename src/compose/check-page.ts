import type { PageCheck } from '../cli/terminal.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import type { YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import { readHomePlaces } from '../config/home-places.ts';
import type { Settings } from '../config/settings.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { suggestion } from '../domain/nearest.ts';
import { createStatuspageClient } from '../statuspage/client.ts';
import { StatuspageFailure } from '../statuspage/failure.ts';
import type { RemoteComponent } from '../statuspage/remote.ts';
import { statuspageUrl } from './statuspage-url.ts';

/** Compares the component ids of `muster.yml` with the status page, where there is a key to read it with. */
export async function checkPage(settings: Settings, home: Home): Promise<PageCheck> {
  const page = home.statuspage?.page;
  if (page === undefined) {
    return {
      state: 'no-page',
      faults: [],
      sentence: 'muster.yml names no status page: nothing is said to the public.',
    };
  }
  const { apiKey: key, apiUrl } = settings.statuspage;
  if (key === undefined) return { state: 'no-key', faults: [], sentence: sayNoKey(page) };
  const baseUrl = apiUrl ?? statuspageUrl;
  const client = createStatuspageClient({ baseUrl, key, page, elapsed: stopwatch.elapsed });
  try {
    const shown = await client.components();
    const faults = compare(home, page, shown, await readHomePlaces(settings.homeDir));
    return { state: 'read', faults, sentence: sayRead(page, new URL(baseUrl).host, faults.length) };
  } catch (error) {
    if (!(error instanceof StatuspageFailure)) throw error;
    const sentence = `It is unknown whether page ${page} shows the components that muster.yml names: ${error.message}`;
    return { state: 'unknown', faults: [], sentence };
  }
}

function compare(home: Home, page: string, shown: readonly RemoteComponent[], places: YamlPlaces): Fault[] {
  const known = shown.filter((component) => !component.group).map((component) => component.id);
  return Object.entries(home.system.services).flatMap(([service, { component }]) => {
    if (component === undefined || known.includes(component)) return [];
    const group = shown.find((one) => one.id === component);
    const message = group
      ? `${component} is a group on page ${page} (${group.name}): name the component in it that stands for ${service}`
      : `${component} is not on page ${page}: ${suggest(component, shown)}`;
    return [places.fault(['system', 'services', service, 'component'], message)];
  });
}

/** Ids say little to people: each is shown with its name. */
function suggest(component: string, shown: readonly RemoteComponent[]): string {
  const single = shown.filter((one) => !one.group);
  const words = suggestion(
    component,
    single.map((one) => one.id),
  );
  if (!words.startsWith('known: ')) return named(words, single);
  return `known: ${single.map((one) => `${one.id} (${one.name})`).join(', ')}`;
}

function named(words: string, shown: readonly RemoteComponent[]): string {
  const one = shown.find((component) => words.includes(component.id));
  return one ? words.replace(one.id, `${one.id} (${one.name})`) : words;
}

function sayNoKey(page: string): string {
  return (
    `STATUSPAGE_API_KEY is not set: public words are drafts that people copy to page ${page}, and its component ids in ` +
    'muster.yml were not checked.'
  );
}

function sayRead(page: string, host: string, faults: number): string {
  const shows = faults === 0 ? 'shows every component' : `lacks ${faults} of the components`;
  return `Page ${page} is reached at ${host}, and ${shows} that muster.yml names.`;
}
