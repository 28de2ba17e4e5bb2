import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../../src/actions/catalogue.ts';
import { findWarnings } from '../../../src/commands/parse-command.ts';
import { rules } from '../../../src/commands/rules/rules.ts';
import { healthyStep, switchStep } from '../../../src/commands/rules/samples.ts';
import { found, foundIn, home } from './check.ts';

const rulesIn = (piece: string) => foundIn(piece).map((one) => one.replace(/^\S+ /, ''));

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (name, { wrong, right }) => {
  it('is found where it is broken, and nothing else is', () => {
    expect(rulesIn(wrong)).toEqual([name]);
  });

  it('is not found where it is kept, and nothing else is', () => {
    expect(rulesIn(right)).toEqual([]);
  });
});

const steps = (text: string): string => `\nsteps:\n${text}`;

describe('what is known before anything runs', () => {
  it('is found in muster.yml too, where a step reads it', () => {
    const snapshot = { ...home, resources: { snapshot: 'orders-latest' } };
    const text = `name: tried\ntitle: Tried${steps('  - id: restore\n    uses: rds.restore-snapshot\n    timeout: 2h\n    with: { region: us-east-1, instance: orders, snapshot: "${{ resources.snapshot }}" }\n')}`;
    expect(found(text, 'tried.yml', snapshot)).toEqual(['7:60 latest-name']);
  });

  it('is found in the default of an input', () => {
    const piece =
      '\ninputs:\n  moment: { type: string, default: "2024-01-15" }\n  token: { type: string, default: abcdef }';
    const check = steps(
      '  - id: looked\n    uses: manual.checkpoint\n    timeout: 1h\n    with: { instructions: Look. }',
    );
    expect(rulesIn(piece + check)).toEqual(['literal-time', 'literal-secret']);
  });

  it('is not what an input or an output will be', () => {
    const restore =
      '  - id: newest\n    uses: dynamodb.select-backup\n    with: { region: us-east-1, table: orders, max_age: 1h }\n' +
      '  - id: restore\n    uses: dynamodb.restore-backup\n    timeout: 2h\n    with: { region: us-east-1, backup_arn: "${{ steps.newest.output.backup_arn }}", target_table: "${{ inputs.table }}" }';
    expect(rulesIn(`\ninputs:\n  table: { type: string }${steps(restore)}`)).toEqual([]);
  });
});

describe('a secret', () => {
  const deploy = (environment: string) =>
    steps(
      `  - id: deploy\n    uses: ecs.deploy\n    with: { region: us-east-1, cluster: c, service: s, environment: { ${environment} } }`,
    );

  it.each(['DB_PASSWORD: hunter22', 'URL: "postgres://app:hunter22@db/orders"', 'KEY: AKIAHUNTER22HUNTER22'])(
    'is found in %s, and never repeated',
    (environment) => {
      const text = `name: tried\ntitle: Tried${deploy(environment)}\n`;
      const [warning] = findWarnings(text, 'tried.yml', { home, catalogue });
      expect(warning?.rule).toBe('literal-secret');
      expect(warning?.message).not.toMatch(/hunter22/i);
    },
  );

  it.each(['LOG_LEVEL: debug', 'DB_PASSWORD: "arn:aws:ssm:us-east-1:123456789012:parameter/p"'])(
    'is none in %s',
    (environment) => {
      expect(rulesIn(deploy(environment))).toEqual([]);
    },
  );
});

describe('a command for the loss of a Region', () => {
  const check = (more: string) =>
    `\nscenario: region-outage${steps(`  - id: backups\n    uses: rds.check-backups\n    with: { region: "\${{ regions.active }}", instance: db, retention_days: 7, max_age: 15m }${more}`)}`;

  it('may look at the lost Region only where it still answers', () => {
    expect(rulesIn(check(''))).toEqual(['needs-lost-region']);
    expect(rulesIn(check('\n    modes: [graceful]'))).toEqual([]);
  });
});

describe('a command that is refused', () => {
  it('is told its warnings too, where its steps can be read', () => {
    const broken = steps('  - id: one\n    uses: no.such\n    with: { at: 2024-01-15T10:30Z, by: "${{ (" }');
    expect(rulesIn(broken)).toEqual(['unknown-name', 'literal-time', 'expression']);
  });

  it('has none where its steps wait for one another', () => {
    const loop = steps(
      '  - { id: one, uses: http.check, needs: [two], with: { url: "https://a.example" } }\n  - { id: two, uses: http.check, needs: [one], with: { url: "https://a.example" } }',
    );
    expect(rulesIn(loop)).toEqual(['needs']);
  });
});

describe('files', () => {
  const deploy = (template: string) =>
    steps(
      `  - id: stack\n    uses: cloudformation.deploy-stack\n    timeout: 1h\n    with: { region: us-east-1, stack: orders, template: ${template} }`,
    );

  it('are looked for in the home', () => {
    expect(rulesIn(deploy('infrastructure/pipeline.yml'))).toEqual([]);
    expect(rulesIn(deploy('infrastructure/nowhere.yml'))).toEqual(['script-missing']);
  });
});

describe('a check whose verdict others heed', () => {
  const restored = [
    '  - id: restore\n    uses: dynamodb.restore-to-time\n    timeout: 2h\n    with: { region: us-east-1, table: orders, time: latest }',
    '  - id: compare\n    uses: dynamodb.compare-tables\n    with: { region: us-east-1, table: "${{ steps.restore.output.table }}", source: orders }',
    '  - id: beside\n    uses: dynamodb.ensure-pitr\n    needs: [restore]\n    with: { region: us-east-1, table: "${{ steps.restore.output.table }}" }',
    '  - id: pointer\n    uses: ssm.set-parameter\n    with: { region: us-east-1, name: /tables/orders, value: "${{ steps.restore.output.table }}" }',
  ];

  it('may have work beside it', () => {
    expect(rulesIn(steps(restored.join('\n')))).toEqual([]);
  });

  it('is not overtaken by what takes something away', () => {
    const remove =
      '  - id: remove\n    uses: dynamodb.delete-table\n    needs: [restore]\n    with: { region: us-east-1, source: orders }';
    const [first = '', second = '', ...rest] = restored;
    expect(rulesIn(steps([first, second, remove, ...rest].join('\n')))).toContain('unread-verdict');
  });
});

describe('a recovery after which nobody looks whether people are served', () => {
  const piece = (more: string, rest = '') =>
    `\nscenario: service-outage${more}${steps(`  - id: stop\n    uses: ecs.scale-service\n    with: { region: us-west-2, cluster: c, service: s, count: 0 }\n    fence: true${rest}`)}`;

  it('is none where it only stops something, or is no recovery', () => {
    const scale =
      '\n  - id: scale\n    uses: ecs.scale-service\n    with: { region: us-west-2, cluster: c, service: t, count: 4 }';
    expect(rulesIn(piece(''))).toEqual([]);
    expect(rulesIn(piece('', scale))).toEqual(['nobody-seen-served']);
    expect(rulesIn(piece('\npurpose: routine', scale))).not.toContain('nobody-seen-served');
  });

  it('is one too where only targets are looked at after traffic has moved', () => {
    const servedBy = (check: string) =>
      rulesIn(
        `\nscenario: region-outage\nsteps:\n${healthyStep}\n${switchStep}\n  - id: serving\n    ${check}\n    needs: [traffic]`,
      );
    const targets = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/app/0123456789abcdef';
    expect(servedBy('uses: http.check\n    with: { url: "https://shop.example.com/health" }')).toEqual([]);
    expect(
      servedBy(`uses: elb.check-targets\n    with: { region: us-west-2, target_group: "${targets}", minimum: 1 }`),
    ).toEqual(['nobody-seen-served']);
  });
});
