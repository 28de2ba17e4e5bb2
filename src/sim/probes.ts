import { z } from 'zod';
import { Json, type JsonObject } from '../domain/json.ts';
import type { DnsProbe, HttpProbe, SqlProbe, TlsProbe } from '../domain/ports/probes.ts';
import type { Scripts, Terraform } from '../domain/ports/programs.ts';
import { ask } from './ask.ts';
import type { Send } from './call.ts';
import { simulatedScripts, simulatedTerraform } from './programs.ts';

const Page = z.object({ status: z.number(), body: z.string(), ms: z.number() });
const Bytes = z.object({ status: z.number(), bytes: z.instanceof(Uint8Array) });
const Rows = z.object({ rows: z.array(z.record(z.string(), Json)) });
const Addresses = z.object({ addresses: z.array(z.string()) });
const Certificate = z.object({
  names: z.array(z.string()),
  issuer: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  fault: z.string().nullable(),
});

interface SimulatedProbes {
  http: HttpProbe;
  sql: SqlProbe;
  dns: DnsProbe;
  tls: TlsProbe;
  scripts: Scripts;
  terraform: Terraform;
}

/** Probes whose far ends are in a world. Each rejects with one sentence when nothing can be read. */
export function simulatedProbes(send: Send): SimulatedProbes {
  return {
    http: {
      async get(url, options) {
        options.signal?.throwIfAborted();
        return ask(send, 'http', 'get', { url, timeoutMs: options.timeoutMs }, Page);
      },
      async bytes(url, options) {
        options.signal?.throwIfAborted();
        const found = await ask(send, 'http', 'bytes', { url }, Bytes);
        if (found.bytes.length > options.mostBytes) throw new Error(`it has more than ${options.mostBytes} bytes`);
        return found;
      },
    },
    sql: {
      async query(reference, text, values, { login, host }): Promise<JsonObject[]> {
        const { rows } = await ask(send, 'sql', 'query', { reference, text, values, login, host }, Rows);
        return rows;
      },
    },
    dns: {
      async addresses(name) {
        const answer = await ask(send, 'dns', 'addresses', { name }, Addresses);
        return answer.addresses;
      },
    },
    tls: {
      async certificate(name, { address, signal }) {
        signal?.throwIfAborted();
        return ask(send, 'tls', 'certificate', { name, address }, Certificate);
      },
    },
    scripts: simulatedScripts(send),
    terraform: simulatedTerraform(send),
  };
}
