import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { readBody, type Served, sendJson, serve } from '../../sandbox/wire/serve.ts';

/** Something in the way of the program that tells it all that it has told: its keys, its addresses, its words. */
export interface Mirror {
  url: string;
  /** How many requests it has thrown back. */
  thrown(): number;
  stop(): Promise<void>;
}

interface Asked {
  request: IncomingMessage;
  body: string;
  /** Address, headers and body, as a careless server would put them into its answer. */
  echo: string;
}

/** Null where it leaves the request to whoever is beyond. */
type Answer = (asked: Asked, response: ServerResponse) => 'thrown back' | 'as it should' | null;

/** Throws back what `answer` takes; what it does not goes to `beyond`. */
async function startMirror(answer: Answer, beyond?: string): Promise<Mirror> {
  let thrown = 0;
  const served: Served = await serve((request, response) => {
    void (async () => {
      const body = (await readBody(request)) ?? '';
      const echo = `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`;
      const answered = answer({ request, body, echo }, response);
      if (answered === 'thrown back') thrown += 1;
      if (answered === null && beyond !== undefined) passOn(beyond, request, body, response);
    })();
  });
  return { url: served.url, thrown: () => thrown, stop: served.stop };
}

/** With the headers as they came: what is signed stays so. */
function passOn(
  beyond: string,
  { method, url, headers }: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  const asked = ask(new URL(url ?? '/', beyond), { method, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  asked.on('error', () => response.destroy());
  asked.end(body);
}

/** AWS, of which STS alone is well: every other service refuses, in its own form, and quotes the request. */
export function mirrorAws(sts: string): Promise<Mirror> {
  return startMirror(({ request, body, echo }, response) => {
    if (body.includes('Action=GetCallerIdentity')) return null;
    const { authorization, 'x-amz-security-token': token } = request.headers;
    const message = `of ${token}, ${authorization} in ${echo}`;
    const headers = { 'x-amzn-requestid': 'mirror' };
    if (request.headers['x-amz-target'] !== undefined) {
      sendJson(response, 400, { __type: 'InvalidParameterException', message }, headers);
      return 'thrown back';
    }
    const quoted = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const error = `<Error><Code>InvalidParameterValue</Code><Message>${quoted}</Message></Error>`;
    response.writeHead(400, { ...headers, 'content-type': 'text/xml' });
    response.end(`<ErrorResponse>${error}<RequestId>mirror</RequestId></ErrorResponse>`);
    return 'thrown back';
  }, sts);
}

/** A status page that can be read, and takes nothing: first for no reason, then for the key. */
export function mirrorPage(): Promise<Mirror> {
  let refused = 0;
  return startMirror(({ request, echo }, response) => {
    if (request.method === 'GET') {
      sendJson(response, 200, []);
      return 'as it should';
    }
    sendJson(response, [422, 500, 401][refused++ % 3] ?? 422, { error: [echo] });
    return 'thrown back';
  });
}

/** A pager that is not well. */
export function mirrorPager(): Promise<Mirror> {
  return startMirror(({ echo }, response) => {
    sendJson(response, 500, { error: echo }, { 'x-echo': encodeURIComponent(echo) });
    return 'thrown back';
  });
}

/** Slack, which takes nothing for this channel, and says so with the token of whoever asked. */
export function mirrorSlack(slack: string, closed: () => string): Promise<Mirror> {
  return startMirror(({ request, body, echo }, response) => {
    if (!body.includes(`channel=${closed()}`) && !body.includes(`"${closed()}"`)) return null;
    const token = request.headers.authorization ?? '';
    sendJson(response, 200, { ok: false, error: `closed_to ${token}`, response_metadata: { messages: [echo] } });
    return 'thrown back';
  }, slack);
}

/** A mail server that lets this login in, and knows nobody: it answers with the password that it was given. */
export async function mirrorMail(): Promise<Mirror> {
  let thrown = 0;
  let password = '';
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) => {
      password = auth.password ?? '';
      done(null, { user: auth.username });
    },
    onRcptTo: ({ address }, _session, done) => {
      thrown += 1;
      const why = `${address} is unknown to ${password}, or ${Buffer.from(password).toString('base64')}`;
      done(Object.assign(new Error(why), { responseCode: thrown % 2 === 0 ? 451 : 550 }));
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `127.0.0.1:${port}`,
    thrown: () => thrown,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
