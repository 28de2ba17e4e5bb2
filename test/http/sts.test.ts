import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Home } from '../../src/domain/home.ts';
import { chooseSts, regionOfSts, stsUrlsOf } from '../../src/http/sts.ts';

const home = Home.parse({
  version: 1,
  system: { name: 'acme', title: 'Acme', regions: { primary: 'us-east-1', recovery: 'us-west-2' }, services: {} },
  severities: {},
  people: {},
  roles: {},
  channels: { incidents: '#incidents' },
});

describe('where people are identified', () => {
  const server = createServer((_request, response) => void response.writeHead(400).end());
  let answering = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    answering = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is the standby Region first, then the primary, and only the endpoint where one is set', () => {
    expect(stsUrlsOf(home, undefined)).toEqual([
      'https://sts.us-west-2.amazonaws.com/',
      'https://sts.us-east-1.amazonaws.com/',
    ]);
    expect(stsUrlsOf(home, 'http://127.0.0.1:5000')).toEqual(['http://127.0.0.1:5000']);
  });

  it.each([
    ['https://sts.eu-central-1.amazonaws.com/', 'eu-central-1'],
    ['http://127.0.0.1:5000', 'us-east-1'],
  ])('signs %s for %s', (url, region) => {
    expect(regionOfSts(url)).toBe(region);
  });

  it('is the first that answers, whatever it answers', async () => {
    expect(await chooseSts(['http://127.0.0.1:1/', answering])).toBe(answering);
  });

  it('is the first of all when none answers, so that its own error is heard', async () => {
    expect(await chooseSts(['http://127.0.0.1:1/', 'http://127.0.0.1:2/'])).toBe('http://127.0.0.1:1/');
  });
});
