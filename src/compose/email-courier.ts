import type { Settings } from '../config/settings.ts';
import type { Home } from '../domain/home.ts';
import { createEmailCourier, type EmailCourier } from '../email/courier.ts';
import type { OpenStore } from '../store/open.ts';
import { storeIdOf } from './store-id.ts';

/** Mail's courier where there is a server and a sender; without them mail is a draft to copy. Close it at the end. */
export function emailCouriers(of: { settings: Settings; home: Home; store: OpenStore }): EmailCourier[] {
  const { smtpUrl } = of.settings;
  const address = of.home.email?.from;
  if (!smtpUrl || !address) return [];
  const from = { address, name: of.home.system.title };
  return [createEmailCourier({ url: smtpUrl, from, storeId: storeIdOf(of.store) })];
}
