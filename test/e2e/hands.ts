import type { SimulatedSlack } from '../../sandbox/slack/start.ts';
import type { Message, OpenView } from '../../sandbox/slack/workspace.ts';

/** What people do and see in the stand-in Slack. */
export interface Hands {
  /** Types `/dr text` in a channel. Rejects with what Slack shows when the program did not take it. */
  dr(user: string, text: string, channel?: string): Promise<void>;
  /** The modal on top of a person's screen, once it is not loading. */
  modal(user: string): Promise<OpenView>;
  submit(user: string, values: Record<string, string | string[]>): ReturnType<SimulatedSlack['act']['submitView']>;
  /** Presses the button with this action in the newest message that has it, once there is one. */
  press(user: string, channel: string, actionId: string): ReturnType<SimulatedSlack['act']['click']>;
  /** Waits for a message that this person sees and that `is` takes. */
  seen(user: string, channel: string, is: RegExp, seconds?: number): Promise<Message>;
  /** Declares an incident by form and gives back the name of its channel. */
  declare(user: string, title: string): Promise<string>;
}

/** `told` is added to what is said when something does not happen. */
export function handsIn(slack: SimulatedSlack, told: () => string = () => ''): Hands {
  const { changes } = slack.workspace;
  const channels = () => [...slack.workspace.channels.values()];
  const channelOf = (channel: string) => channels().find((one) => one.name === channel || one.id === channel);
  const messages = (user: string, channel: string): Message[] => (channelOf(channel) ? slack.seen(user, channel) : []);
  const until = <T>(
    read: () => T | undefined | false,
    what: () => string,
    seconds: number,
    last: () => string = () => '',
  ): Promise<T> =>
    changes.until(read, '', seconds * 1000).catch(() => {
      throw new Error(`not seen within ${seconds} s: ${what()}${told()}${last()}`);
    });

  const dr: Hands['dr'] = async (user, text, channel = 'general') => {
    const acted = await slack.act.slashCommand({ user, channel, text });
    if (!acted.ok) throw new Error(`/dr ${text}: ${acted.shown}${told()}`);
  };
  const modal: Hands['modal'] = (user) => {
    const filled = (): OpenView | undefined => {
      const view = slack.modalOf(user);
      return view && !JSON.stringify(view.body).includes('⏳') ? view : undefined;
    };
    return until(filled, () => `a modal for ${user}`, 30);
  };
  const submit: Hands['submit'] = async (user, values) =>
    slack.act.submitView({ user, viewId: (await modal(user)).id, values });
  const seen: Hands['seen'] = (user, channel, is, seconds = 30) => {
    const last = (): string => {
      const newest = messages(user, channel).slice(-4);
      return `\nlast:\n${newest.map(({ text }) => text).join('\n---\n')}`;
    };
    const found = () => messages(user, channel).findLast((message) => is.test(message.text));
    return until(found, () => `${is} by ${user} in ${channel}`, seconds, last);
  };
  const press: Hands['press'] = async (user, channel, actionId) => {
    const withButton = () =>
      messages(user, channel).findLast((one) => JSON.stringify(one.blocks).includes(`"action_id":"${actionId}"`));
    const message = await until(withButton, () => `a button ${actionId} in ${channel} for ${user}`, 30);
    return slack.act.click({ user, channel: channelOf(channel)?.id ?? channel, ts: message.ts, actionId });
  };
  const declare: Hands['declare'] = async (user, title) => {
    const before = new Set(slack.workspace.channels.keys());
    await dr(user, 'declare');
    const submitted = await submit(user, { title, severity: 'P1', services: ['api'] });
    // A form that takes longer than usual says so, and goes on.
    if (submitted.state === 'errors') throw new Error(`declare: ${JSON.stringify(submitted)}${told()}`);
    const made = () => channels().find((one) => !before.has(one.id) && one.name.startsWith('inc-'));
    const channel = await until(made, () => "the incident's channel", 30);
    await seen(user, channel.name, /investigating/i);
    return channel.name;
  };
  return { dr, modal, submit, press, seen, declare };
}
