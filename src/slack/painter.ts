import type { WebClient } from '@slack/web-api';
import type { LiveMessage, LivePainter } from '../domain/ports/courier.ts';
import { deliveryOf } from './delivery.ts';
import { type Reads, renderNotice, StoredNotice } from './notices.ts';

/** Changes a live message to what is true now; what already stands there is not sent again. */
export function createPainter(deps: { client: WebClient; reads: Reads }): LivePainter {
  return {
    async paint(live) {
      try {
        return await repaint(deps, live);
      } catch (error) {
        return deliveryOf(error, `A change of the live message ${live.key}`);
      }
    },
  };
}

async function repaint(deps: { client: WebClient; reads: Reads }, live: LiveMessage): ReturnType<LivePainter['paint']> {
  const { first: words } = await renderNotice(deps.reads, StoredNotice.parse(live.notice));
  const shown = JSON.stringify(words);
  const receipt = { channel: live.channel, ts: live.ts };
  if (shown !== live.shown) await deps.client.chat.update({ ...receipt, ...words });
  return { state: 'sent', receipt, shown };
}
