import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../domain/ports/clock.ts';
import { type Claim, readClaim, readQuery } from './sts-claim.ts';

const skewMs = 15 * 60_000;
const largestBody = 10_000;
const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export interface StsOptions {
  /** Real time: clients sign with their machine's. */
  clock: Clock;
  account?: string;
}

interface Reply {
  status: number;
  xml: string;
}

/**
 * A node:http handler that answers a signed GetCallerIdentity, as a form (POST) or presigned (GET). The access key
 * `AKIASIMNAME` with the secret `simulated-name` is the user `name`; a wrong signature or a stale date is refused.
 */
export function createStsEndpoint(options: StsOptions): RequestListener {
  return (request, response) => {
    answer(options, request).then(
      (reply) => send(response, reply),
      () => send(response, refusal(400, 'ValidationError', 'The request could not be read.')),
    );
  };
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': 'text/xml' }).end(reply.xml);
}

async function answer(options: StsOptions, request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const claim = readClaim(request.headers.authorization, url.searchParams, request.headers['x-amz-date']);
  if (!claim) return refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const name = /^AKIASIM([A-Z0-9._-]+)$/.exec(claim.accessKeyId)?.[1]?.toLowerCase();
  if (!name) return refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  const stale = findStaleness(claim, options.clock.now().getTime());
  if (stale) return refusal(403, 'SignatureDoesNotMatch', stale);
  const expected = await signAgain(request, url, body, claim, `simulated-${name}`);
  if (!expected || !isSame(expected, claim.signature)) {
    const why = 'The request signature we calculated does not match the signature you provided.';
    return refusal(403, 'SignatureDoesNotMatch', why);
  }
  const action = new URLSearchParams(body).get('Action') ?? url.searchParams.get('Action');
  if (action === 'GetCallerIdentity') return identity(options.account ?? '123456789012', name, claim.accessKeyId);
  return refusal(400, 'InvalidAction', `Could not find operation ${escapeXml(action ?? '')}.`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > largestBody) throw new Error(`A request may have ${largestBody} bytes, found more.`);
  }
  return body;
}

function findStaleness(claim: Claim, now: number): string | null {
  const signedAt = claim.signedAt.getTime();
  const lifeMs = claim.expiresSeconds === null ? skewMs : Math.min(skewMs, claim.expiresSeconds * 1000);
  if (signedAt > now + skewMs) return `Signature not yet current: ${claim.signedAt.toISOString()} is still to come.`;
  if (signedAt + lifeMs < now) return `Signature expired: ${claim.signedAt.toISOString()} is too long ago.`;
  return null;
}

/** The signature that the secret's owner would have given this request; null when its own checksum is wrong. */
async function signAgain(
  request: IncomingMessage,
  url: URL,
  body: string,
  claim: Claim,
  secretAccessKey: string,
): Promise<string | null> {
  const { [checksumHeader]: checksum } = request.headers;
  if (checksum !== undefined && checksum !== 'UNSIGNED-PAYLOAD' && checksum !== sha256(body)) return null;
  const signer = new SignatureV4({
    credentials: { accessKeyId: claim.accessKeyId, secretAccessKey },
    region: claim.region,
    service: claim.service,
    sha256: Sha256,
    applyChecksum: claim.signedHeaders.includes(checksumHeader),
  });
  const plain = new HttpRequest({
    method: request.method ?? 'GET',
    hostname: request.headers.host ?? '',
    path: url.pathname,
    query: readQuery(url.searchParams),
    headers: pickHeaders(request, claim.signedHeaders),
    body,
  });
  const options = { signingDate: claim.signedAt, signableHeaders: new Set(claim.signedHeaders) };
  if (claim.expiresSeconds !== null) {
    const signed = await signer.presign(plain, { ...options, expiresIn: claim.expiresSeconds });
    return String(signed.query?.['X-Amz-Signature']);
  }
  const signed = await signer.sign(plain, options);
  return /Signature=([0-9a-f]+)/.exec(signed.headers.authorization ?? '')?.[1] ?? null;
}

const checksumHeader = 'x-amz-content-sha256';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function pickHeaders(request: IncomingMessage, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, String(request.headers[name] ?? '')]));
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function identity(account: string, name: string, accessKeyId: string): Reply {
  const fields = `<Arn>arn:aws:iam::${account}:user/${name}</Arn><UserId>${accessKeyId.replace('AKIA', 'AIDA')}</UserId><Account>${account}</Account>`;
  const result = `<GetCallerIdentityResult>${fields}</GetCallerIdentityResult>`;
  const metadata = '<ResponseMetadata><RequestId>simulated</RequestId></ResponseMetadata>';
  return {
    status: 200,
    xml: `<GetCallerIdentityResponse xmlns="${namespace}">${result}${metadata}</GetCallerIdentityResponse>`,
  };
}

function refusal(status: number, code: string, message: string): Reply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return {
    status,
    xml: `<ErrorResponse xmlns="${namespace}">${error}<RequestId>simulated</RequestId></ErrorResponse>`,
  };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
