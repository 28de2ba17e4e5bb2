import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** Each folder of src/ and the others that it may import; the picture is in docs/architecture.md. */
const layers = {
  domain: [],
  clock: ['domain'],
  config: ['domain', 'commands'],
  store: ['domain', 'clock'],
  commands: ['domain', 'store'],
  durable: ['domain', 'store'],
  recovery: ['domain', 'store', 'commands', 'durable'],
  incidents: ['domain', 'store', 'commands', 'durable'],
  broadcast: ['domain', 'store', 'commands', 'durable'],
  schedules: ['domain', 'store', 'commands', 'durable'],
  reports: ['domain', 'store', 'commands', 'durable', 'recovery', 'incidents', 'broadcast'],
  rehearsal: ['domain', 'store', 'commands', 'recovery', 'incidents', 'broadcast', 'reports', 'sim'],
  actions: ['domain'],
  sim: ['domain'],
  slack: ['domain', 'commands', 'recovery', 'incidents', 'broadcast', 'schedules', 'reports', 'rehearsal'],
  statuspage: ['domain', 'recovery', 'incidents', 'broadcast', 'reports'],
  email: ['domain'],
  pager: ['domain'],
  http: ['domain', 'recovery', 'incidents', 'broadcast', 'reports'],
  cli: ['domain', 'config', 'commands', 'recovery', 'incidents', 'broadcast', 'schedules', 'reports', 'rehearsal'],
};

/** A door to the outside and the only folders that may hold it. */
const packages = {
  '@dbos-inc/*': ['durable'],
  '@electric-sql/*': ['store'],
  pg: ['store', 'durable', 'actions'],
  'node-pg-migrate': ['store'],
  '@slack/*': ['slack'],
  '@aws-sdk/*': ['actions', 'sim', 'http', 'cli'],
  '@smithy/*': ['actions', 'sim', 'http'],
  '@aws-crypto/*': ['http', 'sim'],
  '@marcbachmann/cel-js': ['commands'],
  croner: ['domain'],
  yaml: ['config', 'commands', 'sim'],
  handlebars: ['broadcast', 'slack', 'statuspage', 'pager', 'config'],
  axios: ['actions', 'statuspage', 'pager', 'slack', 'http', 'cli'],
  nodemailer: ['email'],
  commander: ['cli'],
  'prom-client': ['http'],
  'node:timers/*': ['clock'],
  'node:process': ['config'],
};

/** Folders that are computation alone: no file, socket or process. */
const pure = ['domain'];
/** Folders that may look at the real clock or draw at random. */
const ambient = ['src/clock/**', 'src/config/**', 'src/main.ts'];
/** Imported by nobody below them. */
const roots = ['**/main.ts', '**/compose/**', '**/sandbox/**'];

/** Folders inside a layer that bear another layer's name: there, imports are told apart by how far up they reach. */
const ownFolders = { actions: ['http'] };
const deepest = 4;

function layerRules(layer) {
  const allowed = [layer, ...layers[layer]];
  const banned = Object.keys(layers).filter((other) => !allowed.includes(other));
  const own = ownFolders[layer] ?? [];
  const rule = (includes, groups) => ({
    includes,
    linter: {
      rules: {
        style: { noRestrictedImports: { level: 'error', options: { patterns: patternsOf(layer, allowed, groups) } } },
      },
    },
  });
  // The terminal's own start composes the whole program.
  if (layer === 'cli') return [rule(['src/cli/**', '!src/cli/bin.ts'], banned.map(anywhere))];
  if (own.length === 0) return [rule([`src/${layer}/**`], banned.map(anywhere))];
  const rest = banned.filter((other) => !own.includes(other)).map(anywhere);
  return Array.from({ length: deepest }, (_, depth) =>
    rule(
      [`src/${layer}/${'*/'.repeat(depth)}*.ts`],
      [...rest, ...own.map((other) => `${'../'.repeat(depth + 1)}${other}/**`)],
    ),
  );
}

const anywhere = (layer) => `**/${layer}/**`;

function patternsOf(layer, allowed, inner) {
  const closed = Object.keys(packages).filter((name) => !packages[name].includes(layer));
  const patterns = [
    { group: [...inner, ...roots], message: `Layer: src/${layer} may import only ${allowed.join(', ')}.` },
    { group: closed, message: `Outside: src/${layer} may not import this package; see scripts/lint-layers.mjs.` },
  ];
  if (pure.includes(layer))
    patterns.push({ group: ['node:*'], message: `Outside: src/${layer} is computation alone.` });
  return patterns;
}

const off = (group, ...rules) => ({
  linter: { rules: { [group]: Object.fromEntries(rules.map((rule) => [rule, 'off'])) } },
});

function biomeConfig() {
  return {
    $schema: './node_modules/@biomejs/biome/configuration_schema.json',
    files: {
      includes: [
        '**',
        '!!**/node_modules',
        '!!dist',
        '!!.muster',
        '!!.wireit',
        '!package-lock.json',
        '!schema',
        '!test/lint/fixtures',
        '!**/*.md',
        '!**/*.grit',
        '!test/slack/schema',
      ],
    },
    plugins: [{ path: './.biome/no-ambient.grit', includes: ['src/**', ...ambient.map((path) => `!${path}`)] }],
    assist: { actions: { source: { organizeImports: 'on' } } },
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single', semicolons: 'always', trailingCommas: 'all' } },
    linter: {
      rules: {
        preset: 'recommended',
        suspicious: {
          noImportCycles: 'error',
          noExplicitAny: 'error',
          // `${{ … }}` is how commands write an expression.
          noTemplateCurlyInString: 'off',
        },
        correctness: {
          noUndeclaredDependencies: 'error',
          noUnusedImports: 'error',
          noUnusedVariables: 'error',
          noVoidTypeReturn: 'off',
        },
        style: {
          noDefaultExport: 'error',
          noEnum: 'error',
          noNonNullAssertion: 'error',
          noProcessEnv: 'error',
          useImportType: 'error',
          useNodejsImportProtocol: 'error',
          // One style sheet, read from top to bottom.
          noDescendingSpecificity: 'off',
        },
      },
    },
    overrides: [
      ...Object.keys(layers).flatMap(layerRules),
      {
        // The simulated mailbox is for those who have the tools of development; production ships src/ alone.
        includes: ['src/**', 'sandbox/**', '!sandbox/mail/**', '!sandbox/web/**'],
        linter: {
          rules: { correctness: { noUndeclaredDependencies: { level: 'error', options: { devDependencies: false } } } },
        },
      },
      { includes: ['src/config/**', 'test/**', 'bench/**', 'scripts/**'], ...off('style', 'noProcessEnv') },
      {
        includes: ['*.config.js', 'sandbox/web/vite.config.ts'],
        ...off('style', 'noDefaultExport'),
      },
    ],
  };
}

function circlesFrom(layer, above) {
  if (above.includes(layer)) return [[...above, layer].join(' → ')];
  return layers[layer].flatMap((next) => circlesFrom(next, [...above, layer]));
}

function write() {
  writeFileSync('biome.json', `${JSON.stringify(biomeConfig(), null, 2)}\n`);
  execFileSync('node_modules/.bin/biome', ['format', '--write', 'biome.json'], { stdio: 'inherit' });
}

function isCurrent() {
  return JSON.stringify(JSON.parse(readFileSync('biome.json', 'utf8'))) === JSON.stringify(biomeConfig());
}

const circles = Object.keys(layers).flatMap((layer) => circlesFrom(layer, []));
if (circles.length > 0) throw new Error(`Layers may not go in a circle: ${circles[0]}`);
if (!process.argv.includes('--check')) write();
else if (!isCurrent()) {
  console.error('biome.json is not what scripts/lint-layers.mjs writes: run node scripts/lint-layers.mjs');
  process.exitCode = 1;
}
