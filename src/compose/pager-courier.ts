import { systemClock } from '../clock/system-clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Home } from '../domain/home.ts';
import type { Courier } from '../domain/ports/courier.ts';
import { createPagerCourier } from '../pager/courier.ts';
import type { OpenStore } from '../store/open.ts';
import { storeIdOf } from './store-id.ts';

/** The pager's courier; without the secret, as in a terminal, pages wait for a process that has it. */
export function pagerCouriers(of: { settings: Settings; home: Home; store: OpenStore }): Courier[] {
  const { pager } = of.home;
  const secret = of.settings.pagerSecret;
  if (!pager || secret === undefined) return [];
  return [createPagerCourier({ ...pager, secret, storeId: storeIdOf(of.store), real: systemClock })];
}
