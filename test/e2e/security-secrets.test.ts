import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { root } from './child.ts';
import { handsIn } from './hands.ts';
import { ownFolder, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';
import { keysOf, shellWith } from './terminal-hands.ts';

const homeDir = `${root}/examples/acme`;

describeWith('postgres', 'secrets', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('appear nowhere: not in logs, words, evidence, metrics or the status page, whatever goes wrong', async () => {
    const farEnds = await startStandIns();
    const folder = await ownFolder();
    const url = new URL(await postgres.createDatabase());
    url.password = 'canary-of-the-store';
    const keys = keysOf('ana');
    const canaries = {
      STATUSPAGE_API_KEY: 'canary-of-the-page',
      ACME_DB_US_WEST_2: 'postgres://app:canary-of-the-replica@127.0.0.1:1/app',
      ACME_DB_US_EAST_1: 'postgres://app:canary-of-the-primary@127.0.0.1:1/app',
      SMTP_URL: 'smtps://mail:canary-of-the-mail@127.0.0.1:1',
    };
    const shared = { AWS_ENDPOINT_URL: farEnds.sts.url, ...keys, DATABASE_URL: url.href, ...canaries };
    const page = { STATUSPAGE_API_URL: farEnds.statuspage.url };
    // Every far end but Slack and STS refuses or is not there: most of what is logged and said is trouble.
    const program = await startReal(
      { ...slackEnv(farEnds), ...shared, ...page, MUSTER_LOG_LEVEL: 'trace' },
      folder.path,
    );
    farEnds.slack.deliverTo(`http://127.0.0.1:${program.port}/slack/events`);
    const hands = handsIn(farEnds.slack, () => program.out.slice(-20).join('\n'));
    const channel = await hands.declare('U0ANA', 'Checkout fails');
    await hands.press('U0CAT', channel, 'public.publish');
    await hands.submit('U0CAT', {});
    await hands.dr('U0ANA', 'plan failover', channel);
    await hands.modal('U0ANA');
    await hands.dr('U0ANA', 'status', channel);
    await hands.seen('U0ANA', channel, /INC-1/);
    const terminal = shellWith({ ...shared, MUSTER_DATA: `${folder.path}/data`, MUSTER_HOME: homeDir }, folder.path);
    const said = [
      await terminal.type('plan', 'failover'),
      await terminal.type('doctor'),
      await terminal.type('audit', 'export'),
    ];
    expect(said[2]?.out).toContain('incident.declared');
    const seen = {
      metrics: (await program.get('/metrics')).body + (await program.get('/readyz')).body,
      slack: JSON.stringify([...farEnds.slack.workspace.channels.values()].map(({ messages }) => messages)),
      page: JSON.stringify(farEnds.statuspage.page.incidents),
      terminal: JSON.stringify(said),
      log: '',
    };
    expect(await program.stop()).toBe(0);
    seen.log = [...program.out, ...program.err].join('\n');
    const { tokens } = farEnds.slack;
    const secrets = [tokens.bot, tokens.signingSecret, keys.AWS_SECRET_ACCESS_KEY, 'canary-of'];
    for (const [where, text] of Object.entries(seen)) {
      expect({ where, found: secrets.filter((secret) => secret !== undefined && text.includes(secret)) }).toEqual({
        where,
        found: [],
      });
    }
    await farEnds.stop();
    await folder.remove();
  });
});
