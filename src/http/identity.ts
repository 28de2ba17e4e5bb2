import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { personByIam } from '../domain/identity.ts';
import type { Person } from '../domain/person.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { askWhoSigned } from './caller-identity.ts';
import { body, contentType, IdentityProof } from './identity-proof.ts';

const freshMs = 5 * 60_000;

export interface SignAsk {
  credentials: AwsCredentialIdentity | Provider<AwsCredentialIdentity>;
  region: string;
  /** The STS address that both sides are configured with. */
  stsUrl: string;
  /** What the proof is good for; see `audienceOf`. */
  audience: string;
  nonce: string;
  clock: Clock;
}

/** Signs with the caller's own credentials; rejects with the provider's error when there are none. */
export async function signIdentity(ask: SignAsk): Promise<IdentityProof> {
  const url = new URL(ask.stsUrl);
  const signer = new SignatureV4({ service: 'sts', region: ask.region, credentials: ask.credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: {
      host: url.host,
      'content-type': contentType,
      'x-muster-audience': ask.audience,
      'x-muster-nonce': ask.nonce,
    },
    body,
  });
  const signed = await signer.sign(request, { signingDate: ask.clock.now() });
  return IdentityProof.parse({ body, headers: signed.headers });
}

export interface VerifyAsk {
  proof: unknown;
  /** From configuration, never from the proof: the proof only says for which of them it was made. */
  stsUrls: readonly string[];
  audience: string;
  home: Home;
  clock: Clock;
  /** Notes a nonce; true when it had been noted before. */
  usedNonce: (nonce: string) => Promise<boolean>;
}

/** The person who signed. Refuses a proof that is forged, stale, for something else, used before, or nobody's. */
export async function verifyIdentity(ask: VerifyAsk): Promise<Person> {
  const { proof, stsUrl } = readProof(ask);
  const arn = await askWhoSigned(stsUrl, proof);
  if (await ask.usedNonce(proof.headers['x-muster-nonce'])) {
    throw new Refusal('This proof of identity was used before: ask again, and a new one is made.');
  }
  const person = personByIam(ask.home, arn);
  if (person === undefined) {
    throw new Refusal(`${arn} belongs to nobody: add \`iam: "${arn}"\` to an entry under people in muster.yml.`);
  }
  return person;
}

const signedBy = /SignedHeaders=([^,]+)/;
const mustBeSigned = ['host', 'content-type', 'x-amz-date', 'x-muster-audience', 'x-muster-nonce'];

function readProof(ask: VerifyAsk): { proof: IdentityProof; stsUrl: string } {
  const parsed = IdentityProof.safeParse(ask.proof);
  if (!parsed.success) throw new Refusal('The proof of identity is not a signed GetCallerIdentity request.');
  const { headers } = parsed.data;
  const stsUrl = ask.stsUrls.find((url) => new URL(url).host === headers.host);
  if (stsUrl === undefined) {
    const expected = ask.stsUrls.map((url) => new URL(url).host).join(' or ');
    throw new Refusal(
      `The proof of identity is for ${headers.host}, expected ${expected}: use the same muster.yml here.`,
    );
  }
  const signed = signedBy.exec(headers.authorization)?.[1]?.split(';') ?? [];
  const missing = mustBeSigned.filter((name) => !signed.includes(name));
  if (missing.length > 0) throw new Refusal(`The proof of identity does not sign ${missing.join(', ')}.`);
  if (headers['x-muster-audience'] !== ask.audience) {
    throw new Refusal('The proof of identity was made for another system or another request.');
  }
  const age = Math.abs(ask.clock.now().getTime() - signedAt(headers['x-amz-date']));
  if (!(age <= freshMs)) {
    throw new Refusal(
      `The proof of identity is dated ${headers['x-amz-date']}, not within five minutes of now: check the clock.`,
    );
  }
  return { proof: parsed.data, stsUrl };
}

/** `20260301T140500Z` in milliseconds. */
function signedAt(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
