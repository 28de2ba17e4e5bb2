import type { WordsDeps } from '../broadcast/deps.ts';
import type { Templates } from '../broadcast/templates/sentences.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Courier } from '../domain/ports/courier.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { OpenStore } from '../store/open.ts';
import { emailCouriers } from './email-courier.ts';
import type { FarEnds } from './far-ends.ts';
import { pagerCouriers } from './pager-courier.ts';
import { statuspageCouriers } from './statuspage-courier.ts';
import type { Watch } from './watch.ts';

/** What decides words; what no far end is set up for is a draft for people to copy. */
export function wordsDeps(of: {
  settings: Settings;
  home: Home;
  commands: readonly Command[];
  ends: FarEnds;
  say: Templates['say'];
  mail: Templates['mail'];
}): WordsDeps {
  const { settings, home, commands, ends, say, mail } = of;
  const { clock, ids, simulated } = ends;
  const can = {
    page: settings.statuspage.apiKey !== undefined && home.statuspage !== undefined,
    mail: settings.smtpUrl !== undefined && home.email !== undefined,
    // Without the secret, as in a terminal, pages wait for a process that has it.
    pager: home.pager !== undefined,
  };
  return { home, commands, clock, real: systemClock, ids, say, mail, simulated, can };
}

/** What carries words to each far end that is set up, besides Slack; `close` lets go of them. */
export function farCouriers(of: {
  settings: Settings;
  home: Home;
  store: OpenStore;
  crash: Crash;
  watch?: Watch;
  mayPost?: () => Promise<void>;
}): {
  couriers: Courier[];
  close(): void;
} {
  const email = emailCouriers(of);
  return {
    couriers: [...statuspageCouriers(of), ...email, ...pagerCouriers(of)],
    close: () => {
      for (const courier of email) courier.close();
    },
  };
}
