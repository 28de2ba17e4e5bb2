/** One request to the simulated cloud: an attempt of an AWS command, or a reading by a probe. */
export interface CloudCall {
  /** `rds`, `ecs`, `route53` …; `http`, `sql` and `dns` for probes. */
  service: string;
  /** `DescribeDBInstances`; `get`, `query`, `addresses` for probes. */
  command: string;
  /** The Region that the request is signed for; empty for probes. */
  region: string;
  input: Record<string, unknown>;
}

export interface CloudError {
  name: string;
  message: string;
  /** HTTP status; 0 when the far end did not answer. */
  status: number;
  retryable: boolean;
  throttling: boolean;
  /** The connection failed: whether the request took effect is not known. */
  network?: boolean;
}

export type CloudAnswer = { ok: true; output: Record<string, unknown> } | { ok: false; error: CloudError };

/** Carries a call to a world, in this process or in another. A far end that does not answer is an error answer. */
export type Send = (call: CloudCall) => Promise<CloudAnswer>;
