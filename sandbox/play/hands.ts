import type { SimulatedSlack } from '../slack/start.ts';
import type { Message, OpenView } from '../slack/workspace.ts';

/** Real milliseconds that Muster may take to show what somebody waits for. */
const patienceMs = 60_000;

/** Types `/dr text`. Rejects with what Slack shows when Muster did not take it. */
export async function say(slack: SimulatedSlack, user: string, channel: string, text: string): Promise<void> {
  const acted = await slack.act.slashCommand({ user, channel, text });
  if (!acted.ok) throw new Error(acted.shown);
}

/** The modal on top of a person's screen, once it is no longer loading. */
export function filledModal(slack: SimulatedSlack, user: string): Promise<OpenView> {
  const filled = (): OpenView | undefined => {
    const view = slack.modalOf(user);
    return view && !JSON.stringify(view.body).includes('⏳') ? view : undefined;
  };
  return slack.workspace.changes.until(filled, 'The form', patienceMs);
}

/** Rejects with the words that stand at the modal's fields when it is not taken. */
export async function submit(
  slack: SimulatedSlack,
  { user, id: viewId }: OpenView,
  values: Record<string, string | number | string[]>,
): Promise<void> {
  const submitted = await slack.act.submitView({ user, viewId, values });
  if (submitted.state === 'errors') throw new Error(Object.values(submitted.errors).join(' '));
  if (submitted.state === 'failed') throw new Error(submitted.shown);
}

/** Nobody types a command over an open form. */
export async function closeForms(slack: SimulatedSlack, user: string): Promise<void> {
  for (let view = slack.modalOf(user); view; view = slack.modalOf(user)) {
    await slack.act.closeView({ user, viewId: view.id });
  }
}

export interface Button {
  user: string;
  channel: string;
  actionId: string;
  /** Words that stand on the same message. */
  near: string;
}

/** Presses the newest such button, once the person sees it. */
export async function press(slack: SimulatedSlack, { user, channel, actionId, near }: Button): Promise<void> {
  const hasIt = ({ blocks }: Message): boolean => {
    const shown = JSON.stringify(blocks);
    return shown.includes(`"action_id":"${actionId}"`) && shown.includes(near);
  };
  const find = (): Message | undefined => slack.seen(user, channel).findLast(hasIt);
  const { ts } = await slack.workspace.changes.until(find, `The button ${actionId}`, patienceMs);
  const acted = await slack.act.click({ user, channel, ts, actionId });
  if (!acted.ok) throw new Error(acted.shown);
}
