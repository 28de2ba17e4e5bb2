import type { Home } from '../../src/domain/home.ts';
import { type Faults, noFaults } from '../wire/faults.ts';
import { serve } from '../wire/serve.ts';
import { click, selectOption, type Use } from './act/click.ts';
import { joinChannel, openHome, sendMessage, slashCommand, type Typed } from './act/command.ts';
import {
  deleteMessage,
  editMessage,
  type OnMessage,
  type Reaction,
  react,
  undoReaction,
  useShortcut,
} from './act/message.ts';
import type { Acted, Hands } from './act/people.ts';
import { closeView, type Submit, type Submitted, submitView } from './act/submit.ts';
import type { Entered } from './act/values.ts';
import { type Delivery, httpDelivery } from './deliver.ts';
import { createEvents, type Events } from './events.ts';
import { SlackError } from './method.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { createResponseUrls } from './response-urls.ts';
import { createWorkspace, type WorkspaceOptions } from './seed.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { createTriggers } from './triggers.ts';
import { type Tokens, uploadPath, type WebApi, webApi } from './web-api.ts';
import type { Message, OpenView, Workspace } from './workspace.ts';

export interface SlackOptions extends WorkspaceOptions {
  home: Home;
  /** Bot scopes that the app was given: those of its manifest. */
  scopes: readonly string[];
  /** Event types that the app subscribed to: those of its manifest. */
  events?: readonly string[];
  tokens?: Tokens;
  /** Off lets tests send as fast as they can; on is Slack's. */
  rateLimits?: boolean;
  /** How many of the clock's milliseconds pass in one real one. */
  scale?: () => number;
}

/** What people do in Slack, each as the app would get it from Slack itself. */
export interface Act {
  slashCommand(typed: Typed & { command?: string }): Promise<Acted>;
  sendMessage(typed: Typed): { ts: string };
  click(use: Use): Promise<Acted>;
  selectOption(use: Use & { option: Entered }): Promise<Acted>;
  submitView(submit: Submit): Promise<Submitted>;
  closeView(who: { user: string; viewId: string }): Promise<void>;
  /** Puts an emoji on a message, by its name; `undoReaction` takes it off again. */
  react(reaction: Reaction): void;
  undoReaction(reaction: Reaction): void;
  editMessage(edit: OnMessage & { text: string }): void;
  deleteMessage(message: OnMessage): void;
  /** Chooses a shortcut in a message's menu. */
  useShortcut(use: OnMessage & { callbackId: string }): Promise<Acted>;
  joinChannel(who: { user: string; channel: string }): void;
  openHome(user: string): void;
}

export interface SimulatedSlack {
  /** For `SLACK_API_URL`: ends in `/api/`. */
  url: string;
  tokens: Tokens;
  workspace: Workspace;
  act: Act;
  faults: Faults;
  limits: RateLimits;
  socket: SocketMode;
  /** Where the app takes requests, its `/slack/events`, asked for each of them; null goes over Socket Mode. */
  deliverTo(url: string | (() => string) | null): void;
  /** What this person sees in a channel, by id or name. */
  seen(user: string, channel: string): Message[];
  /** The modal on top of this person's screen. */
  modalOf(user: string): OpenView | undefined;
  stop(): Promise<void>;
}

const sandboxTokens: Tokens = {
  bot: 'xoxb-sandbox-bot-token',
  app: 'xapp-sandbox-app-token',
  signingSecret: 'sandbox-signing-secret',
};

export async function startSlack(options: SlackOptions): Promise<SimulatedSlack> {
  const workspace = createWorkspace(options.home, options);
  const tokens = options.tokens ?? sandboxTokens;
  const socket = createSocketMode(workspace);
  let address: (() => string) | null = null;
  let host = '';
  const overHttp = httpDelivery(() => address?.() ?? null, tokens.signingSecret, workspace);
  const delivery = () => (address === null ? socket : overHttp);
  const faults = noFaults();
  const events = createEvents(workspace, delivery, { events: options.events ?? [], scopes: options.scopes });
  const hands = handsOf(workspace, faults, events, delivery, () => host);
  const scale = options.scale ?? (() => 1);
  const limits = createRateLimits(() => workspace.now().getTime(), scale, options.rateLimits ?? true);
  const api = { tokens, scopes: options.scopes, faults, limits, responses: hands.responses };
  const context = contextOf(hands, options.scopes, () => socket.ticket(host.replace('http', 'ws')));
  const served = await serve(webApi({ ...api, context } satisfies WebApi));
  served.server.on('upgrade', (request, stream) => socket.upgrade(request, stream));
  host = served.url;
  return {
    url: `${host}/api/`,
    tokens,
    workspace,
    act: actOf(hands),
    faults,
    limits,
    socket,
    deliverTo: (url) => {
      address = typeof url === 'string' ? () => url : url;
    },
    seen: (user, channel) => seenBy(workspace, user, channel),
    modalOf: (user) => topView(workspace, user),
    stop: async () => {
      events.stop();
      await socket.stop();
      await served.stop();
    },
  };
}

function handsOf(
  workspace: Workspace,
  faults: Faults,
  events: Events,
  delivery: () => Delivery,
  host: () => string,
): Hands {
  return {
    workspace,
    triggers: createTriggers(workspace),
    responses: createResponseUrls(workspace),
    events,
    delivery,
    host,
    checkUp: () => {
      if (faults.down !== 'no') throw new Error('Slack is down: nothing was sent.');
    },
  };
}

function contextOf(hands: Hands, scopes: readonly string[], socketUrl: () => string): WebApi['context'] {
  const has = (scope: string) => scopes.includes(scope);
  return {
    workspace: hands.workspace,
    triggers: hands.triggers,
    tell: (event) => hands.events.tell(event),
    has,
    need: (scope) => {
      if (!has(scope)) throw new SlackError('missing_scope', [], { needed: scope, provided: scopes.join(',') });
    },
    socketUrl,
    uploadUrl: (file) => `${hands.host()}${uploadPath}${file}`,
  };
}

function actOf(hands: Hands): Act {
  return {
    slashCommand: (typed) => slashCommand(hands, typed),
    sendMessage: (typed) => sendMessage(hands, typed),
    click: (use) => click(hands, use),
    selectOption: (use) => selectOption(hands, use),
    submitView: (submit) => submitView(hands, submit),
    closeView: (who) => closeView(hands, who),
    react: (reaction) => react(hands, reaction),
    undoReaction: (reaction) => undoReaction(hands, reaction),
    editMessage: (edit) => editMessage(hands, edit),
    deleteMessage: (message) => deleteMessage(hands, message),
    useShortcut: (use) => useShortcut(hands, use),
    joinChannel: (who) => joinChannel(hands, who),
    openHome: (user) => openHome(hands, user),
  };
}

function seenBy(workspace: Workspace, user: string, channel: string): Message[] {
  const name = channel.replace(/^#/, '');
  const found = [...workspace.channels.values()].find((one) => one.id === channel || one.name === name);
  if (!found) throw new Error(`No channel ${channel}.`);
  if (!found.members.has(user)) return [];
  return found.messages.filter((message) => message.only === null || message.only === user);
}

function topView(workspace: Workspace, user: string): OpenView | undefined {
  return [...workspace.views.values()].filter((view) => view.user === user && view.body.type === 'modal').at(-1);
}
