import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import type { Settings } from './settings.ts';

export const pagerSecretMissing =
  'MUSTER_PAGER_SECRET is missing, and muster.yml names a pager: set it to a long random text that the pager knows ' +
  'too, by which it checks that a page is from Muster; or remove pager from muster.yml.';

/** Throws `Refusal` where muster.yml names a pager and nothing is there to sign its pages with. */
export function assertPagerSecret(settings: Settings, home: Home): void {
  if (home.pager && settings.pagerSecret === undefined) throw new Refusal(pagerSecretMissing);
}
