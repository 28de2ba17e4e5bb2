import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/simulated-muster.ts';
import { root } from './child.ts';
import { type Hands, handsIn } from './hands.ts';
import { type Mirror, mirrorAws, mirrorMail, mirrorPage, mirrorPager, mirrorSlack } from './mirrors.ts';
import { launchReal, ownFolder, type Real, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';
import { keysOf, type Shell, shellWith } from './terminal-hands.ts';

/** Every text that must be seen nowhere has this in it. */
const canary = 'canary-of';
const person = {
  bot: `xoxb-${canary}-a-person-1`,
  app: `xapp-${canary}-a-person-2`,
  url: `https://me:${canary}-them@x.y`,
};
const longEnough = 180_000;

describeWith('postgres', 'secrets', () => {
  let postgres: Postgres;
  let farEnds: FarEnds;
  let mirrors: Record<'aws' | 'page' | 'pager' | 'slack' | 'mail', Mirror>;
  let folder: Awaited<ReturnType<typeof ownFolder>>;
  let database: URL;
  let env: Record<string, string>;
  let program: Real;
  let hands: Hands;
  let terminal: Shell;
  let channel = '';
  const said: string[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    farEnds = await startStandIns();
    folder = await ownFolder();
    const { channels } = farEnds.slack.workspace;
    const closed = () => [...channels.values()].find(({ name }) => name === 'stakeholders')?.id ?? 'none';
    mirrors = {
      aws: await mirrorAws(farEnds.sts.url),
      page: await mirrorPage(),
      pager: await mirrorPager(),
      slack: await mirrorSlack(farEnds.slack.url, closed),
      mail: await mirrorMail(),
    };
    database = new URL(await postgres.createDatabase());
    database.password = `${canary}-the-store`;
    env = {
      ...slackEnv(farEnds),
      ...keysOf('ana'),
      SLACK_API_URL: `${mirrors.slack.url}/api/`,
      AWS_ENDPOINT_URL: mirrors.aws.url,
      AWS_SESSION_TOKEN: `IQoJb3JpZ2luX2Vj-${canary}-the-session`,
      DATABASE_URL: database.href,
      MUSTER_DATA: join(folder.path, 'data'),
      MUSTER_HOME: await ownHome(folder.path, mirrors.pager.url),
      MUSTER_LOG_LEVEL: 'trace',
      MUSTER_PAGER_SECRET: `${canary}-the-pager`,
      SMTP_URL: `smtp://mail:${canary}-the-mail@${mirrors.mail.url}`,
      STATUSPAGE_API_KEY: `${canary}-the-page`,
      STATUSPAGE_API_URL: `${mirrors.page.url}/v1`,
      ACME_DB_US_WEST_2: `postgres://app:${canary}-the-replica@127.0.0.1:1/app`,
      ACME_DB_US_EAST_1: `postgres://app:${canary}-the-primary@127.0.0.1:1/app`,
      GIVEN_TO_SCRIPTS: `${canary}-the-script`,
    };
    program = await startReal(env, folder.path);
    farEnds.slack.deliverTo(`http://127.0.0.1:${program.port}/slack/events`);
    hands = handsIn(farEnds.slack, () => program.out.slice(-20).join('\n'));
    terminal = shellWith(env, folder.path);
  }, longEnough);
  afterAll(async () => {
    await program?.stop('SIGKILL');
    await Promise.all([...Object.values(mirrors ?? {}), farEnds].map((end) => end?.stop()));
    await folder?.remove();
    await postgres?.stop();
  });

  it(
    'are left out of what people paste by mistake, and a key that is named stays',
    async () => {
      channel = await hands.declare('U0ANA', `Somebody has posted ${person.bot}`);
      await hands.dr('U0ANA', `timeline AKIA0123456789ABCDEF leaked with ${person.app} in ${person.url}`, channel);
      await terminal.type('timeline', `and ${person.bot} in the terminal`);
      await hands.dr('U0ANA', 'timeline', channel);
      const shown = await hands.seen('U0ANA', channel, /AKIA0123456789ABCDEF leaked/);
      expect(shown.text).toMatch(/leaked with \[secret\] in .*https:\/\/me:\[secret\]@x\.y/);
    },
    longEnough,
  );

  it(
    'stay out of what is said when every far end refuses and quotes what it was told',
    async () => {
      await hands.press('U0CAT', channel, 'public.publish');
      await hands.submit('U0CAT', {});
      await hands.dr('U0BEN', 'plan failover', channel);
      await hands.modal('U0BEN');
      await hands.dr('U0ANA', 'leak', channel);
      await hands.submit('U0ANA', {});
      await hands.seen('U0ANA', channel, /leak.*(succeeded|failed|ended)/is, 90);
      for (const name of ['aws', 'page', 'pager', 'slack', 'mail'] as const)
        await until(async () => mirrors[name].thrown() > 0, `${name} to throw something back`, 90, 200);
      await hands.dr('U0ANA', 'status', channel);
      await hands.dr('U0ANA', 'report', channel);
      said.push(JSON.stringify([await terminal.type('plan', 'failover'), await terminal.type('doctor')]));
    },
    longEnough,
  );

  it(
    'keep a start that fails from telling them',
    async () => {
      const wrong = new URL(database);
      wrong.port = '1';
      const other = join(folder.path, 'other');
      const starts = [{ DATABASE_URL: wrong.href }, { SLACK_SIGNING_SECRET: '' }, { SMTP_URL: `smtp://a:${canary}%` }];
      const children = starts.map((change) => launchReal({ ...env, MUSTER_DATA: other, ...change }, folder.path));
      for (const child of children) {
        expect(await child.ended).toBe(1);
        said.push([...child.out, ...child.err].join('\n'));
      }
    },
    longEnough,
  );

  it(
    'appear nowhere: not in logs, words, evidence, metrics, the store or what was sent out',
    async () => {
      const exported = await terminal.type('audit', 'export');
      expect(exported.out).toContain('incident.declared');
      const { workspace, tokens } = farEnds.slack;
      const store = await everyRow(database.href);
      const seen = {
        metrics: (await program.get('/metrics')).body + (await program.get('/readyz')).body,
        slack: JSON.stringify([...workspace.channels.values()].map(({ messages }) => messages)),
        files: JSON.stringify([...workspace.files.values()]),
        terminal: JSON.stringify([exported, await terminal.type('report'), ...said]),
        store,
        log: '',
      };
      expect(await program.stop()).toBe(0);
      seen.log = [...program.out, ...program.err].join('\n');
      const secrets = [tokens.bot, tokens.signingSecret, env.AWS_SECRET_ACCESS_KEY ?? '', canary];
      const hidden = [...secrets, Buffer.from(`${canary}-the-mail`).toString('base64')];
      // Where nothing of these was told, nothing of it could have been left out.
      const everything = Object.values(seen).join('\n');
      expect(quoted.filter((told) => !told.test(everything))).toEqual([]);
      for (const [where, text] of Object.entries(seen)) {
        expect(text.length).toBeGreaterThan(2);
        expect({ where, found: hidden.flatMap((secret) => around(text, secret)) }).toEqual({ where, found: [] });
      }
    },
    longEnough,
  );
});

/** What is seen of each that was left out: of a person, AWS, a script, Slack, the mail server and the status page. */
const quoted = [
  /Somebody has posted \[secret\]/,
  /InvalidParameterValue: of \[secret\], AWS4-HMAC-SHA256 \[secret\]/,
  /it is \[secret\], and password=\[secret\]/,
  /#stakeholders did not get through: its answer to \S+ could not be read/,
  /is unknown to …, or …/,
  /authorization\\*":\\*"OAuth …/,
];

/** Where it stands, for whoever reads of it. */
function around(text: string, secret: string): string[] {
  const at = text.indexOf(secret);
  return at < 0 ? [] : [text.slice(Math.max(0, at - 200), at + 100)];
}

/** The example's home, whose people are called within seconds, with a command whose scripts tell what they know. */
async function ownHome(within: string, pager: string): Promise<string> {
  const home = join(within, 'home');
  await cp(`${root}/examples/acme`, home, { recursive: true });
  const file = join(home, 'muster.yml');
  const text = (await readFile(file, 'utf8'))
    .replace('escalate: [0m, 5m, 15m, 30m]', 'escalate: [0s, 1s, 2s, 3s]')
    .replace('https://pager.example.com/v2/enqueue', pager);
  const scripts = `
scripts:
  leak:
    file: scripts/leak.sh
    arguments: { code: { type: integer } }
    environment: [GIVEN_TO_SCRIPTS]
    harmless: true
`;
  await writeFile(file, `${text}${scripts}`);
  await mkdir(join(home, 'scripts'));
  await writeFile(join(home, 'scripts/leak.sh'), leak);
  await chmod(join(home, 'scripts/leak.sh'), 0o755);
  await mkdir(join(home, 'commands'));
  await writeFile(join(home, 'commands/leak.yml'), command);
  return home;
}

const leak = `#!/bin/sh
echo "it is $GIVEN_TO_SCRIPTS, and password=${canary}-somebody"
echo "Authorization: Bearer ${canary}-a-bearer" >&2
exit $1
`;

const command = `name: leak
title: Tell what scripts know
steps:
  - { id: good, uses: script.check, needs: [], with: { script: leak, arguments: { code: 0 } }, timeout: 30s }
  - { id: bad, uses: script.check, needs: [], on_failure: continue, with: { script: leak, arguments: { code: 1 } }, timeout: 30s }
`;

/** Every row of every table, whatever its schema. */
async function everyRow(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
    lines.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  await client.end();
  return lines.join('\n');
}
