import type { Home } from '../src/domain/home.ts';

/** A home with the simulated pager, or with none: what its muster.yml names is never reached from a sandbox. */
export function pagedHere({ pager, ...home }: Home, url: string | undefined): Home {
  return pager && url !== undefined ? { ...home, pager: { ...pager, url } } : home;
}
