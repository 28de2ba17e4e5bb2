import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Finding, openFixtureProject, runBiome, runKnip, runOxlint } from './lint-fixtures.ts';

const refused: [file: string, rule: string, message: string][] = [
  ['src/domain/imports-store.ts', 'noRestrictedImports', 'Layer: src/domain'],
  ['src/domain/imports-node.ts', 'noRestrictedImports', 'computation alone'],
  ['src/store/imports-recovery.ts', 'noRestrictedImports', 'Layer: src/store'],
  ['src/recovery/imports-incidents.ts', 'noRestrictedImports', 'Layer: src/recovery'],
  ['src/recovery/imports-dbos.ts', 'noRestrictedImports', 'Outside: src/recovery'],
  ['src/incidents/imports-broadcast.ts', 'noRestrictedImports', 'Layer: src/incidents'],
  ['src/broadcast/imports-recovery.ts', 'noRestrictedImports', 'Layer: src/broadcast'],
  ['src/schedules/imports-broadcast.ts', 'noRestrictedImports', 'Layer: src/schedules'],
  ['src/reports/imports-slack.ts', 'noRestrictedImports', 'Layer: src/reports'],
  ['src/rehearsal/imports-slack.ts', 'noRestrictedImports', 'Layer: src/rehearsal'],
  ['src/actions/imports-recovery.ts', 'noRestrictedImports', 'Layer: src/actions'],
  ['src/actions/ecs/imports-http.ts', 'noRestrictedImports', 'Layer: src/actions'],
  ['src/actions/imports-slack-sdk.ts', 'noRestrictedImports', 'Outside: src/actions'],
  ['src/slack/imports-store.ts', 'noRestrictedImports', 'Layer: src/slack'],
  ['src/slack/imports-main.ts', 'noRestrictedImports', 'Layer: src/slack'],
  ['src/http/imports-slack.ts', 'noRestrictedImports', 'Layer: src/http'],
  ['src/cli/imports-http.ts', 'noRestrictedImports', 'Layer: src/cli'],
  ['src/statuspage/imports-aws-sdk.ts', 'noRestrictedImports', 'Outside: src/statuspage'],
  ['src/email/imports-pager.ts', 'noRestrictedImports', 'Layer: src/email'],
  ['src/email/imports-slack-sdk.ts', 'noRestrictedImports', 'Outside: src/email'],
  ['src/pager/imports-store.ts', 'noRestrictedImports', 'Layer: src/pager'],
  ['src/pager/imports-nodemailer.ts', 'noRestrictedImports', 'Outside: src/pager'],
  ['src/broadcast/imports-nodemailer.ts', 'noRestrictedImports', 'Outside: src/broadcast'],
  ['src/sim/imports-actions.ts', 'noRestrictedImports', 'Layer: src/sim'],
  ['src/sim/imports-sandbox.ts', 'noRestrictedImports', 'Layer: src/sim'],
  ['src/domain/cycle-a.ts', 'noImportCycles', 'cycle'],
  ['src/durable/floating-promise.ts', 'no-floating-promises', 'awaited'],
  ['src/durable/misused-promise.ts', 'no-misused-promises', 'romise'],
  ['src/domain/ambient-clock.ts', 'plugin', 'Ambient time'],
  ['src/domain/ambient-timer.ts', 'plugin', 'Ambient time'],
  ['src/domain/ambient-random.ts', 'plugin', 'Ambient time or randomness'],
  ['src/store/ambient-timers-module.ts', 'noRestrictedImports', 'Outside: src/store'],
  ['src/store/process-env.ts', 'noProcessEnv', 'process.env'],
  ['src/store/process-module.ts', 'noRestrictedImports', 'Outside: src/store'],
  ['src/domain/default-export.ts', 'noDefaultExport', 'default'],
  ['src/domain/enumeration.ts', 'noEnum', 'enum'],
  ['src/domain/non-null.ts', 'noNonNullAssertion', 'non-null'],
  ['src/domain/explicit-any.ts', 'noExplicitAny', 'any'],
  ['src/store/undeclared-dependency.ts', 'noUndeclaredDependencies', 'lodash'],
  ['src/store/dev-dependency.ts', 'noUndeclaredDependencies', 'fast-check'],
  ['src/store/bare-node-import.ts', 'useNodejsImportProtocol', 'node:'],
];

const accepted = [
  'src/domain/clean.ts',
  'src/slack/clean.ts',
  'src/actions/ecs/own-http.ts',
  'src/clock/real.ts',
  'src/config/environment.ts',
  'src/main.ts',
];

describe('the linters', () => {
  let project: Awaited<ReturnType<typeof openFixtureProject>>;
  let findings: Finding[];
  let dead: string;

  beforeAll(async () => {
    project = await openFixtureProject();
    const [biome, oxlint, knip] = await Promise.all([
      runBiome(project.dir),
      runOxlint(project.dir),
      runKnip(project.dir),
    ]);
    findings = [...biome, ...oxlint];
    dead = knip;
  });
  afterAll(async () => await project.remove());

  it.each(refused)('refuse %s by %s', (file, rule, message) => {
    const found = findings.filter((finding) => finding.file === file);
    expect(found).toContainEqual({
      file,
      rule: expect.stringContaining(rule) as unknown as string,
      message: expect.stringContaining(message) as unknown as string,
    });
  });

  it.each(accepted)('let %s pass', (file) => {
    expect(findings.filter((finding) => finding.file === file)).toEqual([]);
  });

  it('name an export that nothing uses', () => {
    expect(dead).toContain('unusedWord');
    expect(dead).not.toMatch(/\bused\b/);
  });
});
