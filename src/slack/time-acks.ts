import type { App } from '@slack/bolt';
import type { Clock } from '../domain/ports/clock.ts';

/** Tells how long each request had to wait for its acknowledgement, by whichever way it came in. */
export function timeAcks(app: App, real: Clock, acked: ((seconds: number) => void) | undefined): void {
  if (!acked) return;
  const take = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const began = real.now().getTime();
    const { ack } = event;
    return take({
      ...event,
      ack: async (answer) => {
        await ack(answer);
        acked(Math.max(0, real.now().getTime() - began) / 1000);
      },
    });
  };
}
