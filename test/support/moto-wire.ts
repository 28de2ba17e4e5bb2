import type { IncomingMessage } from 'node:http';

/** One AWS call as it came over the wire. */
export interface Call {
  service: string;
  /** Where the service that answers lives: Route 53 and IAM are us-east-1 whatever the signature says. */
  region: string;
  operation: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Fields of a query-protocol form or of a JSON document; empty for REST. */
  fields: Record<string, unknown>;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Forward = (call: Call) => Promise<Reply>;

/** What moto leaves out of one service. */
export interface Realism {
  /** An answer in moto's place, or undefined to ask moto. */
  before?(call: Call, forward: Forward): Promise<Reply | undefined>;
  after?(call: Call, reply: Reply): Reply;
}

const global = new Set(['route53', 'iam', 'cloudfront', 'organizations']);

export function readCall(request: IncomingMessage, body: string): Call {
  const headers = flatten(request);
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
  const service = scope?.[2] ?? 'unsigned';
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  const fields = readFields(headers, body);
  return {
    service,
    region: global.has(service) ? 'us-east-1' : (scope?.[1] ?? 'none'),
    operation: nameOperation(service, method, path, headers, fields),
    method,
    path,
    headers,
    body,
    fields,
  };
}

/** An error as this call's service writes it. */
export function errorReply(call: Call, status: number, code: string, message: string): Reply {
  if (call.headers['x-amz-target'] !== undefined) {
    return json(status, { __type: code, message });
  }
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const whole = call.service === 's3' ? error : `<ErrorResponse>${error}<RequestId>proxy</RequestId></ErrorResponse>`;
  return xml(status, whole);
}

export function xml(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

export function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function flatten(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function readFields(headers: Record<string, string>, body: string): Record<string, unknown> {
  const type = headers['content-type'] ?? '';
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  if (type.includes('json') && body !== '') return JSON.parse(body);
  return {};
}

function nameOperation(
  service: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  fields: Record<string, unknown>,
): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.split('.').at(-1) ?? target;
  if (typeof fields.Action === 'string') return fields.Action;
  if (service === 's3') return `${method[0]}${method.slice(1).toLowerCase()}Object`;
  if (/\/change\/[^/]+$/.test(path)) return 'GetChange';
  if (/\/rrset\/?(\?|$)/.test(path)) return method === 'POST' ? 'ChangeResourceRecordSets' : 'ListResourceRecordSets';
  return `${method} ${path.split('?')[0]}`;
}
