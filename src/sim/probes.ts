import { z } from 'zod';
import { Json, type JsonObject } from '../domain/json.ts';
import type { DnsProbe, HttpProbe, SqlProbe } from '../domain/ports/probes.ts';
import type { CloudCall, Send } from './call.ts';

const Page = z.object({ status: z.number(), body: z.string(), ms: z.number() });
const Rows = z.object({ rows: z.array(z.record(z.string(), Json)) });
const Addresses = z.object({ addresses: z.array(z.string()) });

/** Probes whose far ends are in a world. Each rejects with one sentence when nothing can be read. */
export function simulatedProbes(send: Send): { http: HttpProbe; sql: SqlProbe; dns: DnsProbe } {
  return {
    http: {
      async get(url, options) {
        options.signal?.throwIfAborted();
        return ask(send, 'http', 'get', { url, timeoutMs: options.timeoutMs }, Page);
      },
    },
    sql: {
      async query(reference, text, values): Promise<JsonObject[]> {
        const { rows } = await ask(send, 'sql', 'query', { reference, text, values }, Rows);
        return rows;
      },
    },
    dns: {
      async addresses(name) {
        const answer = await ask(send, 'dns', 'addresses', { name }, Addresses);
        return answer.addresses;
      },
    },
  };
}

async function ask<T>(
  send: Send,
  service: string,
  command: string,
  input: CloudCall['input'],
  shape: z.ZodType<T>,
): Promise<T> {
  const answer = await send({ service, command, region: '', input });
  if (!answer.ok) throw new Error(answer.error.message);
  const read = shape.safeParse(answer.output);
  if (read.success) return read.data;
  throw new Error(`The ${service} probe was answered with something that it cannot read.`);
}
