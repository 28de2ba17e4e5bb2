import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/simulated-muster.ts';
import { type Cloud, startCloud } from './moto-stage.ts';
import { codeOf, type Shell, shellWith } from './terminal-hands.ts';

const minutes = 60_000;

describeWith('moto_server', 'the terminal alone, with Slack away and nobody serving', () => {
  describeWith('postgres', "on AWS's own wire", () => {
    let postgres: Postgres;
    let cloud: Cloud;
    let ana: Shell;
    let ben: Shell;

    beforeAll(async () => {
      postgres = await startPostgres();
      cloud = await startCloud(await postgres.createDatabase());
      ana = await shellOf('ana');
      ben = await shellOf('ben');
    }, minutes);
    afterAll(async () => {
      await cloud.stop();
      await postgres.stop();
    });

    /** Somebody with an IAM user and keys of their own in moto, and the store in a folder that all share. */
    async function shellOf(name: string): Promise<Shell> {
      await iam('CreateUser', { UserName: name });
      const made = await iam('CreateAccessKey', { UserName: name });
      const AWS_ACCESS_KEY_ID = /<AccessKeyId>(.*?)</.exec(made)?.[1] ?? '';
      const AWS_SECRET_ACCESS_KEY = /<SecretAccessKey>(.*?)</.exec(made)?.[1] ?? '';
      const MUSTER_DATA = `${cloud.folder}/data`;
      return shellWith({ ...cloud.env, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, MUSTER_DATA }, cloud.folder);
    }

    async function iam(action: string, fields: Record<string, string>): Promise<string> {
      const scope = 'Credential=test/20260101/us-east-1/iam/aws4_request';
      const headers = {
        authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...fields }).toString();
      const response = await fetch(cloud.moto.url, { method: 'POST', headers, body });
      return response.text();
    }

    it('declares, and remembers it from one word to the next', async () => {
      const declared = await ana.type('declare', 'us-east-1 is failing', '--severity', 'P1', '--service', 'api');
      expect(declared).toMatchObject({ code: 0, out: expect.stringContaining('INC-1') });
      expect(await ben.type('status')).toMatchObject({ code: 0, out: expect.stringContaining('investigating') });
    });

    it(
      'carries a failover to its end; the other person speaks through the terminal that holds the store',
      async () => {
        const code = await codeOf(ana, 'plan', 'failover', 'tasks=8');
        const run = ana.begin('run', 'failover', 'tasks=8', '--confirm', 'FAILOVER', '--code', code);
        await until(async () => run.out.some((line) => line.includes(`muster approve ${code}`)), 'the request');
        expect(await ben.type('approve', code)).toMatchObject({ code: 0, err: '' });
        expect(await run.ended).toBe(0);
        expect(run.out.at(-1)).toMatch(/failover in INC-1: succeeded/);
        expect(await cloud.switched()).toBe(true);
      },
      4 * minutes,
    );

    it('resolves, and the evidence is whole', async () => {
      expect(await ana.type('resolve')).toMatchObject({ code: 0, out: expect.stringMatching(/RTO.*RPO/s) });
      expect(await ben.type('audit', 'verify')).toMatchObject({ code: 0, out: expect.stringMatching(/unbroken/) });
    });
  });
});
