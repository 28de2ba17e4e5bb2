/** Why the far end gave no value. `refused` and `not-found` are answers; after the others nothing is known. */
export type FaultKind = 'not-found' | 'denied' | 'throttled' | 'timed-out' | 'unreachable' | 'refused' | 'failed';

export interface Fault {
  kind: FaultKind;
  /** The end of a sentence: `it did not answer in time`. */
  why: string;
}

interface Thrown {
  name: string;
  message: string;
  code: string;
  status: number | undefined;
  throttling: boolean;
}

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'];
const denied = /AccessDenied|NotAuthorized|Unauthorized|Credentials|ExpiredToken|InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|^403$/;

/** What a failed request shows, without anything secret: messages about credentials are not repeated. */
export function faultOf(error: unknown): Fault {
  const thrown = read(error);
  const { name, code, status } = thrown;
  if (name === 'AbortError' || name === 'TimeoutError' || ['ETIMEDOUT', 'ECONNABORTED'].includes(code)) {
    return { kind: 'timed-out', why: 'it did not answer in time' };
  }
  if (unreachable.includes(code)) return { kind: 'unreachable', why: `it cannot be reached (${code})` };
  if (thrown.throttling || status === 429 || /Throttl|TooManyRequests|PriorRequestNotComplete|SlowDown/.test(name)) {
    return { kind: 'throttled', why: 'AWS throttled the request' };
  }
  if (denied.test(name) || status === 401 || status === 403) return { kind: 'denied', why: `access was denied (${name})` };
  if (/NotFound|NoSuch/.test(name) || status === 404) return { kind: 'not-found', why: 'it does not exist' };
  if (status !== undefined && status >= 500) return { kind: 'failed', why: `AWS failed with ${status} (${name})` };
  if (status !== undefined) return { kind: 'refused', why: `${name}: ${plain(thrown.message)}` };
  return { kind: 'failed', why: plain(thrown.message) };
}

/** A mistake in this program, which must not pass for a failed reading. */
export function isDefect(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((defect) => error instanceof defect);
}

/** Whether an error came from AWS or the way to it, rather than from a guard on this side. */
export function isFromOutside(error: unknown): boolean {
  const { code, status, name } = read(error);
  return status !== undefined || unreachable.includes(code) || /^(AbortError|TimeoutError)$|Exception$|Fault$/.test(name);
}

function read(error: unknown): Thrown {
  const bag = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const metadata = bag['$metadata'] as { httpStatusCode?: number } | undefined;
  const retryable = bag['$retryable'] as { throttling?: boolean } | undefined;
  return {
    name: String(bag['name'] ?? 'Error'),
    message: String(bag['message'] ?? error),
    code: codeOf(bag),
    status: metadata?.httpStatusCode,
    throttling: retryable?.throttling === true,
  };
}

/** The SDK wraps an error that it does not know for one, and keeps its code in the text alone. */
function codeOf({ code, message }: Record<string, unknown>): string {
  if (code !== undefined) return String(code);
  return /^AWS SDK error wrapper for .*\b(E[A-Z]{4,})\b/.exec(String(message))?.[1] ?? '';
}

function plain(message: string): string {
  return message.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 200) || 'no reason was given';
}
