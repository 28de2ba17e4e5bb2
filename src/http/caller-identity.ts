import { Refusal } from '../domain/errors.ts';
import type { IdentityProof } from './identity-proof.ts';

const timeoutMs = 10_000;
/** Bytes; an ARN with its wrapping has a few hundred. */
const largestAnswer = 64 * 1024;

/** Sends the signed request to STS and reads whose it is, an ARN. Refuses when STS refuses or does not answer. */
export async function askWhoSigned(stsUrl: string, proof: IdentityProof): Promise<string> {
  const { host, ...headers } = proof.headers;
  const response = await fetch(new URL('/', stsUrl), {
    method: 'POST',
    headers: dropAbsent(headers),
    body: proof.body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Refusal(
      `AWS STS at ${host} did not answer (${reason(error)}), so nobody can be identified now: try again.`,
    );
  });
  const text = await readText(response).catch((error: unknown) => {
    throw new Refusal(
      `The answer of AWS STS at ${host} could not be read (${reason(error)}), so nobody can be identified now: try again.`,
    );
  });
  if (!response.ok) {
    const code = /<Code>([A-Za-z]+)<\/Code>/.exec(text)?.[1] ?? `HTTP ${response.status}`;
    throw new Refusal(`AWS STS does not accept these credentials (${code}): renew them and ask again.`);
  }
  const arn = /<Arn>(arn:[^<\s]+)<\/Arn>/.exec(text)?.[1];
  if (arn === undefined) throw new Refusal(`AWS STS at ${host} answered without an ARN, so nobody was identified.`);
  return arn;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > largestAnswer) throw new Error('it is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function dropAbsent(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
