import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** One thing that Muster leans on. Without a vital one it cannot do its work; without another it does it less well. */
export interface Part {
  name: string;
  ok: boolean;
  vital: boolean;
  /** Why it is not ok, in one sentence; shown to whoever asks. */
  why?: string;
}

export interface Readiness {
  parts: Part[];
}

/** Shaped as Bolt's custom routes are. */
export interface Route {
  path: string;
  method: 'GET';
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HealthSources {
  readiness: () => Promise<Readiness>;
  metrics: Registry;
}

export function healthRoutes(sources: HealthSources): Route[] {
  return [
    route('/healthz', async () => json(200, { status: 'ok' })),
    route('/readyz', async () => describe(await sources.readiness())),
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

function describe(readiness: Readiness): Answer {
  const failed = readiness.parts.filter((part) => !part.ok);
  const why = Object.fromEntries(failed.map((part) => [part.name, part.why ?? 'it did not answer']));
  if (failed.some((part) => part.vital)) return json(503, { status: 'unavailable', why });
  return json(200, failed.length > 0 ? { status: 'degraded', degraded: Object.keys(why), why } : { status: 'ready' });
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function sentence(error: unknown): string {
  return error instanceof Error ? `The reading failed: ${error.name}.` : 'The reading failed.';
}
