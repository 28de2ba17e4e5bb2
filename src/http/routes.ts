import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** One thing that Muster leans on. Without a vital one it cannot do its work; without another it does it less well. */
export interface Part {
  name: string;
  ok: boolean;
  vital: boolean;
  /** Why it is not ok, in one sentence; shown to whoever asks. */
  why?: string;
  /** Since when it has not been ok, as far as this process knows. */
  since?: Date;
}

/** Shaped as Bolt's custom routes are. */
export interface Route {
  path: string;
  method: 'GET';
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HealthSources {
  parts: () => Promise<readonly Part[]>;
  /** True from the signal to stop: whoever sends requests is to send them elsewhere. */
  draining: () => boolean;
  metrics: Registry;
}

export function healthRoutes(sources: HealthSources): Route[] {
  return [
    route('/healthz', async () => json(200, { status: 'ok' })),
    route('/readyz', async () =>
      sources.draining() ? json(503, { status: 'draining' }) : describe(await sources.parts()),
    ),
    route('/metrics', async () => ({
      status: 200,
      type: sources.metrics.contentType,
      body: await sources.metrics.metrics(),
    })),
  ];
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

function route(path: string, answer: () => Promise<Answer>): Route {
  return {
    path,
    method: 'GET',
    handler: (_request, response) => {
      answer()
        .catch((error: unknown) => json(503, { status: 'unavailable', why: sentence(error) }))
        .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
        .catch(() => response.destroy());
    },
  };
}

/** Only what is vital makes it unavailable: with anything else in trouble it still does what nobody else would. */
function describe(parts: readonly Part[]): Answer {
  const failed = parts.filter((part) => !part.ok);
  const unavailable = failed.filter((part) => part.vital).map(present);
  const degraded = failed.filter((part) => !part.vital).map(present);
  if (unavailable.length > 0) return json(503, { status: 'unavailable', unavailable, degraded });
  return json(200, degraded.length > 0 ? { status: 'degraded', degraded } : { status: 'ready' });
}

function present({ name, why, since }: Part): { part: string; why: string; since: string | null } {
  return { part: name, why: why ?? 'it did not answer', since: since?.toISOString() ?? null };
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function sentence(error: unknown): string {
  return error instanceof Error ? `The reading failed: ${error.name}.` : 'The reading failed.';
}
