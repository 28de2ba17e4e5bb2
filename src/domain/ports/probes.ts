import type { JsonObject } from '../json.ts';

/** Readings that are not AWS calls. Each rejects with an Error whose message is one sentence when nothing can be read. */

export interface HttpProbe {
  get(
    url: string,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<{ status: number; body: string; ms: number }>;
}

export interface SqlProbe {
  /** `reference` names a connection (`env:ORDERS_DB_URL`, `resources.…`); the secret itself is resolved inside. */
  query(
    reference: string,
    text: string,
    values: readonly unknown[],
    options: { timeoutMs: number },
  ): Promise<JsonObject[]>;
}

export interface DnsProbe {
  /** Addresses that the name's own (authoritative) servers answer now. */
  addresses(name: string, options: { timeoutMs: number }): Promise<string[]>;
}
