import type { Edge } from '../edge.ts';
import type { Words } from '../presenters/message.ts';
import { presentAnswer } from '../presenters/sentence.ts';
import { troubleOf } from '../slack-errors.ts';
import type { Turn } from './turn.ts';

/** Milliseconds that an answer by address may take. */
const answerWithin = 2_000;

/** Tells one person, where they are: by the request's own address, in the channel, or directly. */
export async function tell(edge: Edge, turn: Turn, answer: string | Words): Promise<void> {
  const words = typeof answer === 'string' ? presentAnswer(answer, edge.simulated) : answer;
  for (const way of [respond, whisper, direct]) {
    try {
      if (await way(edge, turn, words)) return;
    } catch (error) {
      edge.log.warn(
        { way: way.name, user: turn.user, trouble: troubleOf(error) },
        'An answer did not arrive this way.',
      );
    }
  }
  edge.log.error({ user: turn.user }, 'An answer reached nobody.');
}

async function respond(_edge: Edge, { respondTo }: Turn, words: Words): Promise<boolean> {
  if (respondTo === null) return false;
  const response = await fetch(respondTo, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...words }),
    signal: AbortSignal.timeout(answerWithin),
  });
  // Read to its end, for a body that is thrown away closes the connection, and the next answer needs one. Whether the
  // answer was taken is known already: a body that does not come may not send it a second time.
  await response.text().catch(() => '');
  return response.ok;
}

/** Only somebody in the channel can be whispered to. */
async function whisper(edge: Edge, { channel, user }: Turn, words: Words): Promise<boolean> {
  if (channel === null || channel.startsWith('D')) return false;
  await edge.clients.interactive.chat.postEphemeral({ channel, user, ...words });
  return true;
}

async function direct(edge: Edge, { user }: Turn, words: Words): Promise<boolean> {
  await edge.clients.interactive.chat.postMessage({
    channel: user,
    unfurl_links: false,
    unfurl_media: false,
    ...words,
  });
  return true;
}
