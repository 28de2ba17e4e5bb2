import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { DescribeDBInstancesCommand, PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Answered, createAws } from '../../src/actions/kit/aws.ts';
import { systemClock } from '../../src/clock/system-clock.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** Asks RDS there, and gives what whoever watches was told. */
async function ask(
  endpoint: string,
  of: { effect?: true; beforeEffect?: () => Promise<void>; credentials?: () => Promise<never> } = {},
): Promise<{ answers: Answered[]; waits: [string, number][] }> {
  const answers: Answered[] = [];
  const waits: [string, number][] = [];
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' };
  const aws = createAws({
    clock: systemClock,
    endpoint,
    credentials: () => of.credentials ?? keys,
    beforeEffect: of.beforeEffect ?? (async () => {}),
    onAnswer: (answer) => answers.push(answer),
    onWait: (service, seconds) => waits.push([service, seconds]),
  });
  closing.push(() => aws.close());
  const rds = aws.session({ signal: new AbortController().signal, purpose: 'run' }).rds('us-west-2');
  const command = of.effect
    ? new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' })
    : new DescribeDBInstancesCommand({});
  await rds.send(command as DescribeDBInstancesCommand).catch(() => {});
  return { answers, waits };
}

const place = { service: 'rds', region: 'us-west-2' };

function xml(status: number, code: string): (response: ServerResponse) => void {
  const body = `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
  return (response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
}

describe('what whoever watches AWS is told', () => {
  it('is one answer for each command, with the retries inside, and a wait for each attempt', async () => {
    const { answers, waits } = await ask(await serve(xml(503, 'ServiceUnavailable')));
    expect(answers).toMatchObject([{ ...place, trouble: { kind: 'failed' } }]);
    expect(waits.map(([service]) => service)).toEqual(['rds', 'rds', 'rds']);
    expect(waits.every(([, seconds]) => seconds >= 0)).toBe(true);
  });

  it('is trouble where nothing listens and where credentials are no longer good', async () => {
    expect((await ask('http://127.0.0.1:9')).answers).toMatchObject([{ trouble: { kind: 'unreachable' } }]);
    expect((await ask(await serve(xml(403, 'ExpiredToken')))).answers).toMatchObject([
      { trouble: { kind: 'credentials' } },
    ]);
    const credentials = async (): Promise<never> => {
      throw Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
    };
    expect((await ask('http://127.0.0.1:9', { credentials })).answers).toMatchObject([
      { trouble: { kind: 'credentials' } },
    ]);
  });

  it('is no trouble where AWS says no to what was asked', async () => {
    const { answers } = await ask(await serve(xml(404, 'DBInstanceNotFound')));
    expect(answers).toEqual([{ ...place, trouble: null }]);
  });

  it('is nothing where a guard of our own stopped an effect', async () => {
    const beforeEffect = async (): Promise<void> => {
      throw new Error('the lease is lost');
    };
    expect((await ask(await serve(xml(200, 'x')), { effect: true, beforeEffect })).answers).toEqual([]);
  });
});
