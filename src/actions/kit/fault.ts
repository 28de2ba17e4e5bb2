import { z } from 'zod';
import { hideSecrets } from '../../domain/secret-text.ts';
import type { Cause } from '../../domain/trouble.ts';

/**
 * Why the far end gave no value. `refused` and `not-found` are answers; after the others nothing is known. `credentials` are
 * expired, wrong or absent; `denied` is what good ones may not do.
 */
export type FaultKind = Cause;

export interface Fault {
  kind: FaultKind;
  /** The end of a sentence: `it did not answer in time`. */
  why: string;
}

/** An answer came, and a part of it is not what the service is known to say. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

interface Thrown {
  name: string;
  message: string;
  code: string;
  status: number | undefined;
  throttling: boolean;
  /** AWS itself gave the answer, with a request id. */
  answered: boolean;
}

/** What an error of the SDK or of Node may carry; anything of another shape is left out. */
const Bag = z.object({
  name: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  $metadata: z
    .object({ httpStatusCode: z.number().optional(), requestId: z.string().optional() })
    .optional()
    .catch(undefined),
  $retryable: z.object({ throttling: z.boolean().optional() }).optional().catch(undefined),
});

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'];
const throttled =
  /Throttl|TooManyRequests|PriorRequestNotComplete|SlowDown|RequestLimitExceeded|ThroughputExceeded|BandwidthLimitExceeded/;
const expired = /ExpiredToken|RequestExpired/;
const unknownCaller = /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|InvalidAccessKeyId/;
const noCredentials = /CredentialsProviderError|TokenProviderError/;
const denied = /AccessDenied|NotAuthorized|Unauthorized|Credentials|^403$/;

/** What a failed request shows, without anything secret: messages about credentials are not repeated. */
export function faultOf(error: unknown): Fault {
  if (error instanceof SyntaxError || error instanceof z.ZodError)
    return { kind: 'failed', why: 'its answer cannot be read' };
  if (error instanceof UnreadableAnswer) return { kind: 'failed', why: `its answer cannot be read (${error.message})` };
  const thrown = read(error);
  const { name, code, status } = thrown;
  if (thrown.throttling || status === 429 || throttled.test(name)) {
    return { kind: 'throttled', why: 'AWS throttled the request' };
  }
  if (name === 'AbortError' || name === 'TimeoutError' || ['ETIMEDOUT', 'ECONNABORTED'].includes(code)) {
    return { kind: 'timed-out', why: 'it did not answer in time' };
  }
  if (unreachable.includes(code)) return { kind: 'unreachable', why: `it cannot be reached (${code})` };
  const credentials = troubleOfCredentials(name);
  if (credentials !== null) return { kind: 'credentials', why: credentials };
  if (denied.test(name) || status === 401 || status === 403)
    return { kind: 'denied', why: `access was denied (${name})` };
  // The SDK calls every bare 404 NotFound, a proxy's page as well: AWS's own comes with a request id.
  if (/[\w.]NotFound|NoSuch/.test(name) || (name === 'NotFound' && thrown.answered))
    return { kind: 'not-found', why: 'it does not exist' };
  if (status !== undefined && status >= 500) return { kind: 'failed', why: `AWS failed with ${status} (${name})` };
  if (status !== undefined) return { kind: 'refused', why: `${name}: ${plain(thrown.message)}` };
  return { kind: 'failed', why: plain(thrown.message) };
}

function troubleOfCredentials(name: string): string | null {
  if (expired.test(name)) return `the AWS credentials that Muster has have expired (${name}): renew them`;
  if (unknownCaller.test(name)) return `AWS does not accept the credentials that Muster has (${name}): renew them`;
  return noCredentials.test(name) ? `Muster has no AWS credentials that it could use (${name}): renew them` : null;
}

/** A mistake in this program, which must not pass for a failed reading. */
export function isDefect(error: unknown): boolean {
  const isMistake = [TypeError, RangeError, ReferenceError, SyntaxError].some((defect) => error instanceof defect);
  return isMistake && !hasResponse(error);
}

/** Whether an error came from AWS or the way to it, rather than from a guard on this side. */
export function isFromOutside(error: unknown): boolean {
  if (error instanceof UnreadableAnswer) return true;
  const { code, status, name } = read(error);
  const known = unreachable.includes(code) || /^(AbortError|TimeoutError)$|Exception$|Fault$/.test(name);
  return known || status !== undefined || hasResponse(error);
}

/** An answer came, such as a page of HTML, and the SDK could not read it: its SyntaxError carries the response. */
function hasResponse(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$response' in error;
}

function read(error: unknown): Thrown {
  const bag = Bag.safeParse(error).data ?? {};
  const message = bag.message ?? String(error);
  return {
    name: bag.name ?? 'Error',
    message,
    code: bag.code ?? wrappedCode(message),
    status: bag.$metadata?.httpStatusCode,
    throttling: bag.$retryable?.throttling === true,
    answered: bag.$metadata?.requestId !== undefined,
  };
}

/** The SDK wraps an error that it does not know for one, and keeps its code in the text alone. */
function wrappedCode(message: string): string {
  return /^AWS SDK error wrapper for .*\b(E[A-Z]{4,})\b/.exec(message)?.[1] ?? '';
}

function plain(message: string): string {
  return hideSecrets(message).replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 200) || 'no reason was given';
}
