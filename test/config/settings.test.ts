import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/settings.ts';
import { readSlackMode } from '../../src/config/slack-mode.ts';
import { Refusal } from '../../src/domain/errors.ts';

const secret = 'hunter2-hunter2';

function sentenceOf(env: Record<string, string | undefined>): string {
  try {
    readSlackMode(readSettings(env));
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('settings', () => {
  it('has defaults for an empty environment', () => {
    expect(readSettings({})).toEqual({
      slack: {},
      statuspage: {},
      dataDir: './.muster',
      homeDir: '.',
      port: 3000,
      logLevel: 'info',
    });
  });

  it('reads every variable that it knows, and no other', () => {
    const settings = readSettings({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: 'http://127.0.0.1:4000/api/',
      STATUSPAGE_API_URL: 'http://127.0.0.1:4001',
      STATUSPAGE_API_KEY: secret,
      DATABASE_URL: 'postgres://u:p@127.0.0.1/muster',
      MUSTER_DATA: '/var/lib/muster',
      MUSTER_HOME: '/etc/muster',
      PORT: '0',
      SMTP_URL: 'smtps://u:p@mail.example.com:465',
      MUSTER_PAGER_SECRET: `${secret}-and-more`,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:5000',
      AWS_REGION: 'us-west-2',
      MUSTER_ALLOW_ACTIVE_REGION: 'ana',
      MUSTER_CRASH_AT: 'step.called:promote',
      MUSTER_LOG_LEVEL: 'debug',
      HOME: '/root',
    });
    expect(settings).toEqual({
      slack: { botToken: 'xoxb-1', signingSecret: secret, apiUrl: 'http://127.0.0.1:4000/api/' },
      statuspage: { apiUrl: 'http://127.0.0.1:4001', apiKey: secret },
      databaseUrl: 'postgres://u:p@127.0.0.1/muster',
      dataDir: '/var/lib/muster',
      homeDir: '/etc/muster',
      port: 0,
      smtpUrl: 'smtps://u:p@mail.example.com:465',
      pagerSecret: `${secret}-and-more`,
      awsEndpointUrl: 'http://127.0.0.1:5000',
      ownRegion: 'us-west-2',
      allowActiveRegion: 'ana',
      crashAt: { point: 'step.called', detail: 'promote' },
      logLevel: 'debug',
    });
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readSettings({ DATABASE_URL: '', PORT: ' ', SLACK_APP_TOKEN: '' })).toEqual(readSettings({}));
  });

  it.each([
    ['PORT', '70000', 'PORT should be a port from 0 to 65535.'],
    ['PORT', 'http', 'PORT should be a port from 0 to 65535.'],
    [
      'DATABASE_URL',
      `mysql://u:${secret}@host/db`,
      'DATABASE_URL should be an address such as postgres://user@host/database.',
    ],
    ['SMTP_URL', secret, 'SMTP_URL should be an address such as smtps://user@host:465.'],
    ['SLACK_BOT_TOKEN', secret, 'SLACK_BOT_TOKEN should begin with xoxb-: copy the bot token of the Slack app.'],
    ['SLACK_APP_TOKEN', secret, 'SLACK_APP_TOKEN should begin with xapp-: copy the app-level token of the Slack app.'],
    ['SLACK_API_URL', 'ftp://example.com', 'SLACK_API_URL should be an http or https address.'],
    ['MUSTER_LOG_LEVEL', 'loud', 'MUSTER_LOG_LEVEL should be one of trace, debug, info, warn, error, fatal, silent.'],
    ['MUSTER_CRASH_AT', 'now', 'MUSTER_CRASH_AT should be a crash point such as step.called or step.called:promote.'],
  ])('refuses a wrong %s (%s) without its value', (name, value, sentence) => {
    expect(sentenceOf({ [name]: value })).toBe(sentence);
  });

  it('names all that is wrong at once', () => {
    expect(sentenceOf({ PORT: '-1', DATABASE_URL: secret })).toBe(
      'DATABASE_URL should be an address such as postgres://user@host/database. PORT should be a port from 0 to 65535.',
    );
  });
});

describe('how Slack reaches Muster', () => {
  const mode = (env: Record<string, string>) => readSlackMode(readSettings(env));

  it('is HTTP with a signing secret, Socket Mode with an app token', () => {
    expect(mode({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })).toEqual({
      mode: 'http',
      botToken: 'xoxb-1',
      signingSecret: 's',
    });
    expect(mode({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toEqual({
      mode: 'socket',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
    });
  });

  it.each([
    [{}, 'SLACK_BOT_TOKEN is missing'],
    [{ SLACK_SIGNING_SECRET: secret }, 'SLACK_BOT_TOKEN is missing'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'neither SLACK_SIGNING_SECRET nor SLACK_APP_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: 'xapp-1' }, 'are both set'],
  ])('names what is missing: %j', (env: Record<string, string>, sentence) => {
    expect(sentenceOf(env)).toContain(sentence);
    expect(sentenceOf(env)).not.toContain(secret);
  });
});
