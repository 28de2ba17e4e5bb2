import { knownPageOf } from '../broadcast/public/known-page.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import type { Settings } from '../config/settings.ts';
import type { Home } from '../domain/home.ts';
import type { Courier } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import { createStatuspageClient } from '../statuspage/client.ts';
import { createStatuspageCourier } from '../statuspage/courier.ts';
import type { OpenStore } from '../store/open.ts';
import { statuspageUrl } from './statuspage-url.ts';
import type { Watch } from './watch.ts';

/** The status page's courier where there is a key and a page; without one public words are drafts to copy. */
export function statuspageCouriers(of: {
  settings: Settings;
  home: Home;
  store: OpenStore;
  crash: Crash;
  watch?: Watch;
  mayPost?: () => Promise<void>;
}): Courier[] {
  const { apiKey, apiUrl } = of.settings.statuspage;
  const page = of.home.statuspage?.page;
  if (!apiKey || !page) return [];
  const { watch, mayPost } = of;
  const client = createStatuspageClient({
    baseUrl: apiUrl ?? statuspageUrl,
    key: apiKey,
    page,
    elapsed: stopwatch.elapsed,
    onWait: (seconds) => watch?.waited('statuspage', seconds),
  });
  return [
    createStatuspageCourier({ client, known: knownPageOf(of.store), crash: of.crash, ...(mayPost && { mayPost }) }),
  ];
}
