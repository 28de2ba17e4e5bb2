import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from '../../src/config/settings.ts';
import { readYaml } from '../support/read-yaml.ts';

/** The instructions of a Dockerfile, with lines that go on joined, by stage. */
function stagesOf(text: string): [word: string, rest: string][][] {
  const lines = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const stages: [string, string][][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    expect([line, word]).not.toEqual([line, '']);
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push([word, rest]);
  }
  return stages;
}

const secret = /TOKEN|SECRET|PASSWORD|_KEY|DATABASE_URL|SMTP_URL/;

describe('ops/Dockerfile', () => {
  it('builds on a pinned Node of the major version that is tested', async () => {
    const major = (await readFile('.nvmrc', 'utf8')).trim();
    const stages = stagesOf(await readFile('ops/Dockerfile', 'utf8'));
    for (const [[, from = ''] = []] of stages)
      expect(from).toMatch(new RegExp(`^node:${major}\\.\\d+\\.\\d+-bookworm-slim(@sha256:[0-9a-f]{64})?( AS \\w+)?$`));
    expect(stages).toHaveLength(2);
  });

  it('ends as somebody else than root, with a health check, and starts the real app', async () => {
    const last = stagesOf(await readFile('ops/Dockerfile', 'utf8')).at(-1) ?? [];
    const words = last.map(([word]) => word);
    expect(last.filter(([word]) => word === 'USER')).toEqual([['USER', 'node']]);
    for (const later of ['COPY', 'RUN', 'ADD']) expect(words.lastIndexOf(later)).toBeLessThan(words.indexOf('USER'));
    expect(last.find(([word]) => word === 'HEALTHCHECK')?.[1]).toContain('/healthz');
    const command = JSON.parse(last.find(([word]) => word === 'CMD')?.[1] ?? '[]');
    expect(command.at(-1)).toBe('dist/src/main.js');
  });

  it('takes production dependencies and the built program alone, and no secret', async () => {
    const text = await readFile('ops/Dockerfile', 'utf8');
    const [build = [], last = []] = stagesOf(text);
    expect(build.filter(([word]) => word === 'RUN').at(-1)?.[1]).toContain('npm ci --workspaces=false --omit=dev');
    const copied = last.filter(([word]) => word === 'COPY').map(([, rest]) => rest.split(' ')[1]);
    expect(copied).toEqual(
      ['package.json', 'node_modules', 'dist/commands', 'dist/templates', 'dist/src'].map((path) => `/build/${path}`),
    );
    const named = [...build, ...last]
      .filter(([word]) => word === 'ENV' || word === 'ARG')
      .map(([, rest]) => rest)
      .join(' ');
    expect(named).not.toMatch(secret);
  });

  it('sets no variable but those that are read', async () => {
    const [, last = []] = stagesOf(await readFile('ops/Dockerfile', 'utf8'));
    const env = last.find(([word]) => word === 'ENV')?.[1] ?? '';
    const set = Object.fromEntries([...env.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
    const others = ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'NODE_ENV'];
    expect(Object.keys(set).toSorted()).toEqual([...others, 'MUSTER_DATA', 'MUSTER_HOME', 'PORT'].toSorted());
    expect(readSettings(set)).toMatchObject({ port: 3000, homeDir: '/etc/muster', dataDir: '/var/lib/muster' });
  });

  it('is built from an explicit list of files', async () => {
    const lines = (await readFile('ops/Dockerfile.dockerignore', 'utf8'))
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    expect(lines.filter((line) => /\.git|\.env|node_modules/.test(line))).toEqual([]);
  });
});

const Service = z.looseObject({
  image: z.string().optional(),
  user: z.string().optional(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  env_file: z.array(z.string()),
  environment: z.undefined().optional(),
  ports: z.array(z.string().startsWith('127.0.0.1:')).optional(),
  stop_grace_period: z.string(),
});
const Compose = z.strictObject({
  name: z.string(),
  services: z.strictObject({ muster: Service, postgres: Service }),
  volumes: z.record(z.string(), z.null()),
});

describe('ops/compose.yml', () => {
  it('runs both with nothing that they do not need, and secrets by file alone', async () => {
    const { services } = Compose.parse(readYaml('ops/compose.yml'));
    expect(services.postgres.image).toMatch(/^postgres:\d+\.\d+-bookworm$/);
    expect(services.postgres.user).toBe('postgres');
    expect(services.postgres.ports).toBeUndefined();
    expect(Number.parseInt(services.muster.stop_grace_period, 10)).toBeGreaterThan(25);
    const ignored = (await readFile('.gitignore', 'utf8')).split('\n');
    for (const file of [services.muster, services.postgres].flatMap(({ env_file }) => env_file)) {
      expect(await readdir('ops')).toContain(`${file}.example`);
      expect(ignored).toContain('ops/*.env');
    }
  });

  it('has examples of its files with every name known and no secret filled in', async () => {
    const text = await readFile('ops/muster.env.example', 'utf8');
    const set = [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
    expect(set.filter(([name, value]) => secret.test(name) && value !== '')).toEqual([
      ['DATABASE_URL', 'postgres://muster:PASSWORD@postgres:5432/muster'],
    ]);
    expect(readSettings(Object.fromEntries(set)).databaseUrl).toBe('postgres://muster:PASSWORD@postgres:5432/muster');
    const documented = await readFile('docs/configuration.md', 'utf8');
    for (const [name] of set) expect(documented).toContain(`| \`${name}\` |`);
  });
});
