import { z } from 'zod';
import { isAnswerTo } from './answers.ts';

/** Bytes that an answer of Slack may have. */
const largest = 16 * 1024 * 1024;
/** Seconds to wait where Slack asks for it without saying how long, and the most that is believed. */
const wait = { usual: 30, longest: 300 };

/**
 * What the Web API client sends by. It takes whatever comes back for an answer: one that Slack cannot have given fails
 * here instead, as one that never came.
 */
export async function fetchAnswer(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new Error(reasonOf(error), { cause: error });
  });
  const { status } = response;
  if (status === 429) return leave(response, { 'retry-after': String(readWait(response)) });
  if (status !== 200) return leave(response, {});
  const text = await readText(response);
  const method = new URL(url instanceof Request ? url.url : url).pathname.split('/').at(-1) ?? '';
  if (!isAnswerTo(method, parse(text))) throw new Error(`its answer to ${method} could not be read`);
  return new Response(text, { status, headers: { 'content-type': 'application/json' } });
}

const Failed = z.object({
  name: z.string().optional().catch(undefined),
  cause: z.object({ code: z.string() }).optional().catch(undefined),
});

/** `fetch failed` says nothing; what it failed at does. */
function reasonOf(error: unknown): string {
  const { name = '', cause } = Failed.safeParse(error).data ?? {};
  if (name === 'TimeoutError' || name === 'AbortError') return 'it did not answer in time';
  return cause === undefined ? 'it cannot be reached' : `it cannot be reached (${cause.code})`;
}

async function leave(response: Response, headers: Record<string, string>): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers });
}

function readWait(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds > 0 ? Math.min(Math.ceil(seconds), wait.longest) : wait.usual;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largest) throw new Error('its answer is longer than any of Slack’s');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
