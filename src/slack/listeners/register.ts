import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { Edge } from '../edge.ts';
import { carry } from './carry.ts';
import { submitForm } from './forms.ts';
import { createPace } from './pace.ts';
import { press } from './presses.ts';
import { registerTimeline } from './timeline-events.ts';
import { createTurn } from './turn.ts';
import { sayWord } from './words/words.ts';

const any = /(?:)/;

/**
 * Every listener: acknowledge, parse, call one function, present. There is one for all buttons and one for all forms:
 * Bolt asks each of its listeners about every request before the request is acknowledged.
 */
export function registerListeners(app: App, edge: Edge): void {
  const turnToBegin = createPace(edge.real);
  app.command('/dr', async ({ ack, command, context }) => {
    await ack();
    const turn = createTurn(edge, {
      user: command.user_id,
      trigger: command.trigger_id,
      channel: command.channel_id,
      respondTo: command.response_url || null,
      requestKey: context.requestKey,
    });
    await carry(edge, turn, async () => {
      await turnToBegin();
      await sayWord(edge, turn, command.text ?? '');
    });
  });
  app.action<BlockAction>(any, (pressed) => press(edge, pressed));
  app.view<ViewSubmitAction>(any, (sent) => submitForm(edge, sent));
  registerTimeline(app, edge);
}
