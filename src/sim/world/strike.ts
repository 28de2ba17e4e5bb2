import type { CloudAnswer, CloudCall, CloudError } from '../call.ts';
import { hostRegion } from '../services.ts';
import type { CallFault } from './fault.ts';
import { spellingOf } from './spelling.ts';
import type { SetFault, State } from './state.ts';

/** The call fault that strikes this call, counting it for every fault that it matches. */
export function findStrike(state: State, call: CloudCall): CallFault | null {
  let strike: CallFault | null = null;
  for (const set of state.faults) {
    if (set.fault.kind !== 'call' || !matches(set.fault, call)) continue;
    set.matched += 1;
    if (set.matched >= (set.fault.nth ?? 1) && set.matched <= lastStrike(set.fault)) strike ??= set.fault;
  }
  return strike;
}

/** Whether a fault that strikes so many calls has struck all of them. */
export function isSpent({ fault, matched }: SetFault): boolean {
  return fault.kind === 'call' && matched >= lastStrike(fault);
}

function lastStrike({ nth = 1, times }: CallFault): number {
  return times === undefined ? Number.POSITIVE_INFINITY : nth + times - 1;
}

function matches(fault: CallFault, call: CloudCall): boolean {
  if (fault.service !== undefined && fault.service !== call.service) return false;
  if (fault.command !== undefined && fault.command !== call.command) return false;
  return fault.region === undefined || fault.region === hostRegion(call.service, call.region);
}

export function noAnswer(message: string, code = 'ETIMEDOUT'): CloudAnswer {
  return refusal({ name: code, message, status: 0, retryable: true, throttling: false, network: true });
}

function refusal(error: CloudError): CloudAnswer {
  return { ok: false, error };
}

/** What a struck call is answered instead of being carried out; null for faults that strike after the effect. */
export function answerInstead(fault: CallFault, call: CloudCall): CloudAnswer | null {
  const label = `${call.service}:${call.command}`;
  switch (fault.fails) {
    case 'timeout':
      return noAnswer(`${label} did not answer in ${call.region || 'time'}.`);
    case 'throttling':
      return refusal({
        ...spellingOf(call.service).throttled,
        message: 'Rate exceeded',
        retryable: true,
        throttling: true,
      });
    case 'error':
      return call.service === 'http' ? webPage(500) : refusal(internalError(label));
    case 'access-denied':
      return call.service === 'http' ? webPage(403) : refusal(accessDenied(call.service, label));
    case 'expired-credentials':
      return isAws(call.service) ? refusal(expired(call.service)) : null;
    case 'lost-answer':
    case 'garbage':
    case 'slow':
      return null;
  }
}

function internalError(label: string): CloudError {
  const message = `${label} failed inside the service.`;
  return { name: 'InternalFailure', message, status: 500, retryable: true, throttling: false };
}

function accessDenied(service: string, label: string): CloudError {
  const message = `The caller is not authorized to perform ${label}.`;
  return { ...spellingOf(service).denied, message, retryable: false, throttling: false };
}

function expired(service: string): CloudError {
  const message = 'The security token included in the request is expired';
  return { ...spellingOf(service).expired, message, retryable: false, throttling: false };
}

/** What Muster asks without AWS credentials does not notice that they have expired. */
const withoutCredentials = new Set(['http', 'sql', 'dns', 'tls', 'scripts', 'terraform']);

function isAws(service: string): boolean {
  return !withoutCredentials.has(service);
}

function webPage(status: number): CloudAnswer {
  return { ok: true, output: { status, body: `<html><body><h1>${status}</h1></body></html>`, ms: 25 } };
}

/** What a struck call is answered although it was carried out. */
export function answerAfter(fault: CallFault, call: CloudCall, answer: CloudAnswer): CloudAnswer {
  if (fault.fails === 'lost-answer')
    return noAnswer(`socket hang up after ${call.service}:${call.command}`, 'ECONNRESET');
  return fault.fails === 'garbage' && answer.ok ? { ok: true, output: emptyOut(answer.output) } : answer;
}

/** The same shape with its leaves gone: lists keep their length, and nothing in them says anything. */
function emptyOut(output: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(output).flatMap(([key, value]) => {
    if (Array.isArray(value)) return [[key, value.map((one) => (typeof one === 'object' ? {} : ''))]];
    const isGroup = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return isGroup ? [[key, {}]] : [];
  });
  return Object.fromEntries(kept);
}
