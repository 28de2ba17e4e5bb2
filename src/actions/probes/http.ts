import axios from 'axios';
import type { HttpProbe } from '../../domain/ports/probes.ts';
import { faultOf } from '../kit/fault.ts';

const longestPage = 1_000_000;
const mostRedirects = 3;

/**
 * Asks an address once. Any HTTP status is an answer; only silence, or too long an answer, rejects. `elapsedMs` is real
 * time that never goes back, in milliseconds since some moment.
 */
export function createHttpProbe(elapsedMs: () => number): HttpProbe {
  const client = axios.create({
    maxRedirects: mostRedirects,
    maxContentLength: longestPage,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
    headers: { 'User-Agent': 'muster', 'Cache-Control': 'no-cache' },
  });
  return {
    async get(url, { timeoutMs, signal }) {
      const began = elapsedMs();
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await client.get<string>(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
        return { status: answer.status, body: answer.data, ms: Math.round(elapsedMs() - began) };
      } catch (error) {
        throw new Error(explain(error, longestPage));
      }
    },
    async bytes(url, { timeoutMs, mostBytes, signal }) {
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await client.get<ArrayBuffer>(url, {
          responseType: 'arraybuffer',
          maxContentLength: mostBytes,
          signal: signal ? AbortSignal.any([signal, limit]) : limit,
        });
        return { status: answer.status, bytes: new Uint8Array(answer.data) };
      } catch (error) {
        throw new Error(explain(error, mostBytes));
      }
    },
  };
}

function explain(error: unknown, mostBytes: number): string {
  const code = axios.isAxiosError(error) ? (error.code ?? '') : '';
  if (code === 'ERR_CANCELED') return 'it did not answer in time';
  if (code === 'ERR_FR_TOO_MANY_REDIRECTS') return `it redirects more than ${mostRedirects} times`;
  if (/maxContentLength/.test(String(error))) return `it answers with more than ${mostBytes} bytes`;
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return `its certificate is not good (${code})`;
  return faultOf(error).why;
}
