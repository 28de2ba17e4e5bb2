import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { knownSecrets } from '../../src/config/known-secrets.ts';
import { readSettings } from '../../src/config/settings.ts';
import { Command } from '../../src/domain/command.ts';

const run = promisify(execFile);
const log = join(import.meta.dirname, '../../src/compose/log.ts');
const preload = join(import.meta.dirname, '../support/run-ts.mjs');

/** What a process of its own writes that logs by this code. */
async function written(options: object, code: string): Promise<{ stdout: string; stderr: string }> {
  const script = `const { createLog } = await import(${JSON.stringify(log)});
    const log = createLog('info', ${JSON.stringify(options)}); ${code}`;
  const args = ['--disable-warning=ExperimentalWarning', `--import=${preload}`, '--input-type=module', '-e', script];
  return run(process.execPath, args, { env: {} });
}

describe('the log', () => {
  it('is JSON on standard output, with its level as a word and its time as ISO 8601', async () => {
    const { stdout, stderr } = await written(
      { stream: 'stdout' },
      `log.warn({ run: 'run_1' }, 'step.ended'); log.debug('no');`,
    );
    const line = JSON.parse(stdout) as { time: string };
    expect(line).toMatchObject({ level: 'warn', run: 'run_1', msg: 'step.ended' });
    expect(new Date(line.time).toISOString()).toBe(line.time);
    expect(stderr).toBe('');
  });

  it('stays out of the way of a terminal', async () => {
    const { stdout, stderr } = await written({}, `log.info('here');`);
    expect([stdout, JSON.parse(stderr).msg]).toEqual(['', 'here']);
  });

  it('has no secret, by its name or by its value, wherever it stands', async () => {
    const secrets = ['xoxb-canary', 'can"ary\\of-quotes'];
    const { stdout } = await written(
      { stream: 'stdout', secrets },
      `log.info({ token: 'by-name', deep: { password: 'by-name' }, text: 'with xoxb-canary in it' }, 'and can"ary\\\\of-quotes');
       log.error({ err: new Error('refused xoxb-canary') }, 'x');`,
    );
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)).length,
    ).toBe(2);
    expect(stdout).not.toMatch(/canary|by-name|of-quotes/);
  });
});

describe('the secrets that a process knows', () => {
  it('are its tokens, keys, passwords of addresses, and what its home refers to', () => {
    const settings = readSettings({
      SLACK_BOT_TOKEN: 'xoxb-token',
      DATABASE_URL: 'postgres://muster:p%40ssw0rd@db/muster',
      SMTP_URL: 'smtps://mail:mail-password@mail:465',
      MUSTER_PAGER_SECRET: 'a-pager-secret-of-16',
    });
    const variables: Record<string, string> = {
      ORDERS_DB_URL: 'postgres://app:orders-password@db/app',
      USERS_DB_URL: 'postgres://app:users-password@db/app',
      AWS_SECRET_ACCESS_KEY: 'aws-secret-key',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'container-token',
    };
    const resources = { orders: { url: 'env:ORDERS_DB_URL' }, other: ['env:NOT_SET', 'plain'] };
    const step = { id: 'one', uses: 'sql.assert', with: { connection: 'env:USERS_DB_URL' } };
    const commands = [Command.parse({ name: 'look', title: 'Look', steps: [step] })];
    expect(knownSecrets(settings, { home: { resources }, commands }, (name) => variables[name]).sort()).toEqual(
      [
        ...['xoxb-token', 'a-pager-secret-of-16', 'mail-password', 'p%40ssw0rd', 'p@ssw0rd', 'aws-secret-key'],
        ...['orders-password', 'postgres://app:orders-password@db/app', 'container-token'],
        ...['users-password', 'postgres://app:users-password@db/app'],
      ].sort(),
    );
  });

  it('are no words that everything is full of', () => {
    expect(
      knownSecrets(
        readSettings({ DATABASE_URL: 'postgres://a:run@db/a' }),
        { home: { resources: {} }, commands: [] },
        () => 'test',
      ),
    ).toEqual([]);
  });
});
