import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Faults, losesAnswer, pause } from '../wire/faults.ts';
import { readBody, sendJson, sendText } from '../wire/serve.ts';
import { record } from './limits/check.ts';
import { type Args, type Method, type MethodContext, SlackError, text } from './method.ts';
import { methods } from './methods/index.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ResponseUrls } from './response-urls.ts';
import { noteRefusal } from './workspace.ts';

export interface Tokens {
  bot: string;
  app: string;
  signingSecret: string;
}

export interface WebApi {
  tokens: Tokens;
  scopes: readonly string[];
  faults: Faults;
  limits: RateLimits;
  responses: ResponseUrls;
  context: MethodContext;
}

export const uploadPath = '/upload/v1/';

interface Reply {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** The Web API and the response addresses, with the faults that are switched on. */
export function webApi(api: WebApi): RequestListener {
  return (request, response) => {
    void answer(api, request, response);
  };
}

async function answer(api: WebApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { faults } = api;
  if (faults.down === 'refused') return void request.socket.destroy();
  const body = await readBody(request);
  await pause(faults.slowMs);
  if (faults.down === '503') return sendJson(response, 503, { ok: false, error: 'service_unavailable' });
  const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
  if (path.startsWith(uploadPath)) {
    const lost = losesAnswer(faults, 'upload');
    const status = takeUpload(api, path.slice(uploadPath.length), body ?? '');
    return lost ? void request.socket.destroy() : sendText(response, status, status === 200 ? 'OK' : 'Refused');
  }
  const args = readArgs(request, body ?? '');
  const call = path.replace(/^\/(api|respond)\//, '');
  const reply = path.startsWith('/respond/') ? useResponse(api, call, args) : callMethod(api, call, args, request);
  api.context.workspace.changes.tell();
  if (losesAnswer(faults, call)) return void request.socket.destroy();
  sendJson(response, reply.status, reply.body, reply.headers);
}

/** The bytes of a file: as many as were announced, once. */
function takeUpload({ context }: WebApi, id: string, content: string): number {
  const file = context.workspace.files.get(id);
  const taken = file !== undefined && file.content === null && Buffer.byteLength(content) === file.size;
  if (file && taken) file.content = content;
  else noteRefusal(context.workspace, 'upload', 'bad_upload', [`${id}: ${Buffer.byteLength(content)} bytes`]);
  return taken ? 200 : 400;
}

function readArgs(request: IncomingMessage, body: string): Args {
  if ((request.headers['content-type'] ?? '').includes('json')) {
    try {
      return record(JSON.parse(body || '{}'));
    } catch {
      return {};
    }
  }
  return Object.fromEntries(new URLSearchParams(body));
}

function useResponse(api: WebApi, id: string, args: Args): Reply {
  try {
    api.responses.use(id, args);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    const { message, messages } = slackError(error);
    noteRefusal(api.context.workspace, 'response_url', message, messages);
    return { status: 404, body: { ok: false, error: message } };
  }
}

function callMethod(api: WebApi, name: string, args: Args, request: IncomingMessage): Reply {
  const { workspace } = api.context;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? text(args, 'token');
  const reply = authorized(api, name, token) ?? limited(api, name, args) ?? run(api, name, args);
  const { token: _token, ...shown } = args;
  const outcome = reply.body.ok === true ? 'ok' : String(reply.body.error);
  workspace.called.push({ method: name, args: shown, outcome });
  if (workspace.called.length > 5000) workspace.called.shift();
  if (outcome !== 'ok') {
    const messages = record(reply.body.response_metadata).messages;
    noteRefusal(workspace, name, outcome, Array.isArray(messages) ? messages.map(String) : []);
  }
  return reply;
}

function refused(error: SlackError): Reply {
  const metadata = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {};
  return { status: 200, body: { ok: false, error: error.message, ...metadata, ...error.extra } };
}

function authorized(api: WebApi, name: string, token: string): Reply | undefined {
  if (token === '') return refused(new SlackError('not_authed'));
  if (token !== api.tokens.bot && token !== api.tokens.app) return refused(new SlackError('invalid_auth'));
  const method = methods[name];
  if (!method) return refused(new SlackError('unknown_method', [], { req_method: name }));
  const expected = method.appToken ? api.tokens.app : api.tokens.bot;
  if (token !== expected) return refused(new SlackError('not_allowed_token_type'));
  if (method.scopes.length === 0 || method.scopes.some((scope) => api.scopes.includes(scope))) return undefined;
  const needed = method.scopes[0];
  return refused(new SlackError('missing_scope', [], { needed, provided: api.scopes.join(',') }));
}

function limited(api: WebApi, name: string, args: Args): Reply | undefined {
  const tier: Method['tier'] = methods[name]?.tier ?? 'free';
  const wait = api.limits.refuse(name, tier, text(args, 'channel'));
  if (wait === undefined) return undefined;
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(wait) } };
}

function run(api: WebApi, name: string, args: Args): Reply {
  try {
    return { status: 200, body: { ok: true, ...methods[name]?.run(args, api.context) } };
  } catch (error) {
    return refused(slackError(error));
  }
}

/** A fault of the stand-in itself is Slack's `fatal_error`, with its reason in sight. */
function slackError(error: unknown): SlackError {
  return error instanceof SlackError ? error : new SlackError('fatal_error', [String(error)]);
}
