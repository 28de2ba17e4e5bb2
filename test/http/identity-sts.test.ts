import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import { Home } from '../../src/domain/home.ts';
import { signIdentity, verifyIdentity } from '../../src/http/identity.ts';
import { createStsEndpoint } from '../../src/sim/sts-endpoint.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const iam = 'arn:aws:sts::123456789012:user/moto';
const homeOf = (people: Record<string, unknown>) =>
  Home.parse({
    version: 1,
    system: { name: 'acme', title: 'Acme', regions: { primary: 'us-east-1', recovery: 'us-west-2' }, services: {} },
    severities: {},
    people,
    roles: {},
    channels: { incidents: '#incidents' },
  });

describeWith('moto_server', 'a proof of identity, asked of moto’s STS', () => {
  let moto: Moto;
  const used = new Set<string>();

  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(async () => await moto.stop());

  const sign = async (nonce: string) =>
    await signIdentity({
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      region: 'us-east-1',
      stsUrl: moto.url,
      audience: 'muster/acme/x',
      nonce,
      clock: systemClock,
    });
  const verify = async (proof: unknown, people: Record<string, unknown>) =>
    await verifyIdentity({
      proof,
      stsUrls: [moto.url],
      audience: 'muster/acme/x',
      home: homeOf(people),
      clock: systemClock,
      usedNonce: async (nonce) => used.size === used.add(nonce).size,
    });

  it('is the person whose ARN it is', async () => {
    const people = { ben: { iam: `${iam}x` }, ana: { slack: 'U0ANA', iam } };
    expect(await verify(await sign('nonce_aaaaaaaaaaaaaaaa'), people)).toEqual({
      name: 'ana',
      slack: 'U0ANA',
      door: 'terminal',
    });
  });

  it('is nobody when no entry has exactly this ARN, and the sentence says what to add', async () => {
    const verified = verify(await sign('nonce_bbbbbbbbbbbbbbbb'), { ben: { iam: `${iam}x` } });
    await expect(verified).rejects.toThrow(`${iam} belongs to nobody: add \`iam: "${iam}"\``);
  });

  it('is good once', async () => {
    const proof = await sign('nonce_cccccccccccccccc');
    await verify(proof, { ana: { iam } });
    await expect(verify(proof, { ana: { iam } })).rejects.toThrow('used before');
  });
});

describe('a proof of identity, asked of an STS that checks signatures', () => {
  const arnOf = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
  const people = { ana: { slack: 'U0ANA', iam: arnOf('ana') }, ben: { iam: arnOf('ben') } };
  let sts: Server;
  let stsUrl: string;

  beforeAll(async () => {
    sts = createServer(createStsEndpoint({ clock: systemClock })).listen(0, '127.0.0.1');
    await once(sts, 'listening');
    const address = sts.address();
    stsUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  });
  afterAll(() => {
    sts.closeAllConnections();
    sts.close();
  });

  const sign = async (name: string, change: { secret?: string; audience?: string } = {}) =>
    await signIdentity({
      credentials: {
        accessKeyId: `AKIASIM${name.toUpperCase()}`,
        secretAccessKey: change.secret ?? `simulated-${name}`,
      },
      region: 'eu-central-1',
      stsUrl,
      audience: change.audience ?? 'muster/acme/x',
      nonce: `nonce_of_${name}_0123456789`,
      clock: systemClock,
    });
  const verify = async (proof: unknown) =>
    await verifyIdentity({
      proof,
      stsUrls: [stsUrl],
      audience: 'muster/acme/x',
      home: homeOf(people),
      clock: systemClock,
      usedNonce: async () => false,
    });

  it.each(['ana', 'ben'])('is %s, whose keys signed it', async (name) => {
    expect(await verify(await sign(name))).toMatchObject({ name, door: 'terminal' });
  });

  it('is nobody for keys of somebody whom muster.yml does not know', async () => {
    await expect(verify(await sign('eve'))).rejects.toThrow(`${arnOf('eve')} belongs to nobody`);
  });

  it('is refused with a secret that is not the person’s', async () => {
    await expect(verify(await sign('ana', { secret: 'guessed' }))).rejects.toThrow('SignatureDoesNotMatch');
  });

  it.each([
    ['x-muster-nonce', 'nonce_chosen_by_a_thief', {}],
    ['x-muster-audience', 'muster/acme/x', { audience: 'muster/other/y' }],
  ])('is refused when its %s was changed after signing', async (header, value, signed) => {
    const proof = await sign('ana', signed);
    const changed = { ...proof, headers: { ...proof.headers, [header]: value } };
    await expect(verify(changed)).rejects.toThrow('SignatureDoesNotMatch');
  });
});
