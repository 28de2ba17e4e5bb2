import type { JsonObject } from '../json.ts';

/** Readings that are not AWS calls. Each rejects with an Error whose message is one sentence when nothing can be read. */

export interface HttpProbe {
  get(
    url: string,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<{ status: number; body: string; ms: number }>;
  /** What is to be had at an address, as it is; more than `mostBytes` of it rejects. */
  bytes(
    url: string,
    options: { timeoutMs: number; mostBytes: number; signal?: AbortSignal },
  ): Promise<{ status: number; bytes: Uint8Array }>;
}

export interface SqlProbe {
  /**
   * `reference` names a connection (`env:ORDERS_DB_URL`, `resources.…`); the secret itself is resolved inside. `host` is
   * asked instead of the connection's own, with the same database and credentials: a copy beside it.
   */
  query(
    reference: string,
    text: string,
    values: readonly unknown[],
    options: { timeoutMs: number; login?: Login; host?: string },
  ): Promise<JsonObject[]>;
}

/**
 * Who logs in, instead of whom the connection names: to see whether a password is the right one. Where the server
 * refuses it, the rejection is named `CredentialsRefused`. Held in memory for one query, and never part of an error.
 */
export interface Login {
  /** The connection's own user if absent. */
  user?: string | undefined;
  password: string;
}

export interface DnsProbe {
  /** Addresses that the name's own (authoritative) servers answer now. */
  addresses(name: string, options: { timeoutMs: number }): Promise<string[]>;
}

/** What a server shows of itself before it is trusted. */
export interface PresentedCertificate {
  /** The names that it is for: `api.example.com`, `*.example.com`. */
  names: string[];
  issuer: string;
  /** Instants with Z. */
  validFrom: string;
  validTo: string;
  /** Why it is not trusted, or not for the name that was asked; null where it is. How long it lasts is not judged. */
  fault: string | null;
}

export interface TlsProbe {
  /** The certificate that the server at `address` presents for `name`. */
  certificate(
    name: string,
    options: { address: string; port: number; timeoutMs: number; signal?: AbortSignal },
  ): Promise<PresentedCertificate>;
}
