import { describe, expect, it } from '@jest/globals';
import { Home } from '../../src/domain/home.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import { audienceOf } from '../../src/http/audience.ts';
import { signIdentity, verifyIdentity } from '../../src/http/identity.ts';
import type { IdentityProof } from '../../src/http/identity-proof.ts';

const now = new Date('2026-03-01T14:05:00Z');
const clockAt = (at: Date): Clock => ({ now: () => at, sleep: async () => undefined, scale: 1 });
const stsUrl = 'http://127.0.0.1:1/';
const audience = audienceOf('acme', 'approve', { code: 'A1B2C3' });
const home = Home.parse({
  version: 1,
  system: { name: 'acme', title: 'Acme', regions: { primary: 'us-east-1', recovery: 'us-west-2' }, services: {} },
  severities: {},
  people: {},
  roles: {},
  channels: { incidents: '#incidents' },
});

const sign = async (at = now): Promise<IdentityProof> =>
  await signIdentity({
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    region: 'us-east-1',
    stsUrl,
    audience,
    nonce: 'nonce_0123456789abcdef',
    clock: clockAt(at),
  });

const verify = async (proof: unknown, asked = audience) =>
  await verifyIdentity({
    proof,
    stsUrls: ['https://sts.us-west-2.amazonaws.com/', stsUrl],
    audience: asked,
    home,
    clock: clockAt(now),
    usedNonce: async () => false,
  });

const withHeader = (proof: IdentityProof, name: string, value: string): unknown => ({
  ...proof,
  headers: { ...proof.headers, [name]: value },
});

describe('a proof of identity, before STS is asked', () => {
  it('signs the audience and the nonce, and holds no secret', async () => {
    const proof = await sign();
    expect(proof.headers.authorization).toMatch(/SignedHeaders=[^,]*x-muster-audience;x-muster-nonce/);
    expect(JSON.stringify(proof)).not.toContain('secret');
  });

  it('is good for one word with one set of arguments in one system', async () => {
    const proof = await sign();
    for (const other of [
      audienceOf('acme', 'approve', { code: 'FFFFFF' }),
      audienceOf('acme', 'break-glass', { code: 'A1B2C3' }),
      audienceOf('other', 'approve', { code: 'A1B2C3' }),
    ]) {
      await expect(verify(proof, other)).rejects.toThrow('another system or another request');
    }
  });

  it('gives arguments the same audience in whatever order they were written', () => {
    expect(audienceOf('acme', 'skip', { step: 'scale', reason: 'x' })).toBe(
      audienceOf('acme', 'skip', { reason: 'x', step: 'scale' }),
    );
  });

  it.each([
    [-301, 'not within five minutes'],
    [301, 'not within five minutes'],
    [-299, 'did not answer'],
    [299, 'did not answer'],
  ])('made %i seconds from now: %s', async (seconds, sentence) => {
    await expect(verify(await sign(new Date(now.getTime() + seconds * 1000)))).rejects.toThrow(sentence);
  });

  it.each([
    ['host', 'evil.example.com', 'is for evil.example.com'],
    ['x-amz-date', 'yesterday', 'not a signed GetCallerIdentity'],
    ['x-forwarded-host', 'evil.example.com', 'not a signed GetCallerIdentity'],
    ['content-type', 'application/json', 'not a signed GetCallerIdentity'],
    ['x-muster-nonce', '', 'not a signed GetCallerIdentity'],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=0', 'does not sign content-type'],
  ])('is refused with %s: %s', async (name, value, sentence) => {
    await expect(verify(withHeader(await sign(), name, value))).rejects.toThrow(sentence);
  });

  it.each([
    ['another action', { body: 'Action=GetSessionToken&Version=2011-06-15' }],
    ['another address', { url: 'http://evil.example.com/' }],
  ])('is refused with %s', async (_name, change) => {
    await expect(verify({ ...(await sign()), ...change })).rejects.toThrow('not a signed GetCallerIdentity');
  });

  it('is refused when STS cannot be asked, rather than believed', async () => {
    await expect(verify(await sign())).rejects.toThrow(/AWS STS at 127\.0\.0\.1:1 did not answer/);
  });
});
