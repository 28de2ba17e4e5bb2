import type { Outgoing } from '../domain/notice.ts';
import type { Courier, Delivery } from '../domain/ports/courier.ts';
import { deliveryOf } from './delivery.ts';
import { type ChannelDeps, openChannel } from './open-channel.ts';
import { type PostAsk, postNotice } from './post.ts';
import { isAnswer, troubleOf } from './slack-errors.ts';

/** Carries what is to be said in Slack: one message for each key, however often it is asked to. */
export function createCourier(deps: ChannelDeps): Courier {
  /** Keys of which this process does not know whether Slack has taken them. */
  const doubts = new Set<string>();
  return {
    to: 'slack',
    async deliver(outgoing, key, uncertain): Promise<Delivery> {
      if (outgoing.to !== 'slack') return { state: 'refused', why: `This is for ${outgoing.to}, not for Slack.` };
      const doubtful = uncertain || doubts.has(key);
      let untouched = !doubtful && outgoing.do === 'post';
      const posted = (): void => {
        untouched = false;
      };
      doubts.add(key);
      try {
        const receipt = await carryOut(deps, outgoing, { key, doubtful, posted });
        doubts.delete(key);
        return { state: 'sent', receipt };
      } catch (error) {
        if (!isAnswer(error)) throw error;
        deps.log.warn({ key, trouble: troubleOf(error) }, 'Slack did not take a word.');
        const delivery = deliveryOf(error, nameOf(outgoing));
        if (delivery.state !== 'later') {
          doubts.delete(key);
          return delivery;
        }
        untouched &&= delivery.untouched === true;
        if (untouched) doubts.delete(key);
        return { ...delivery, untouched };
      }
    },
  };
}

type ToSlack = Extract<Outgoing, { to: 'slack' }>;

async function carryOut(
  deps: ChannelDeps,
  outgoing: ToSlack,
  of: Pick<PostAsk, 'key' | 'doubtful' | 'posted'>,
): Promise<{ channel: string; ts?: string }> {
  if (outgoing.do === 'open-channel') return { channel: await openChannel(deps, outgoing.incidentId, of.doubtful) };
  const { place, notice, pin = false } = outgoing;
  return postNotice(deps, { place, notice, pin, ...of });
}

function nameOf(outgoing: ToSlack): string {
  if (outgoing.do === 'open-channel') return `The channel of INC-${outgoing.incidentId}`;
  const { place, notice } = outgoing;
  const where = {
    incident: 'its incident channel',
    channel: place.in === 'channel' ? place.name : '',
    direct: 'a direct message',
  }[place.in];
  return `A message (${notice.kind}) to ${where}`;
}
