import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Cases } from '../cases.ts';

const run = { script: 'apply-config', arguments: { environment: 'production' } };
const check = { script: 'verify-data', arguments: { region: 'us-west-2' } };
const tls = { name: 'api.dr.example.com', lasts: '14d' };
const place = { configuration: 'main', workspace: 'default' };
const made = { plan: '0'.repeat(36), digest: '1'.repeat(64) };
const test = { configuration: 'main', workspace: 'dr-test-quarterly-1' };

const estate = (): EstateInput => ({
  ...exampleCloud('acme'),
  programs: {
    terraform: {
      main: {
        wanted: ['aws_ecs_cluster.main', 'aws_ecs_service.app'],
        workspaces: { 'dr-test-quarterly-1': ['aws_ecs_cluster.main'] },
        plans: { [made.plan]: { workspace: 'default', digest: made.digest } },
      },
    },
  },
});

/** What runs beside Muster, or is asked of no AWS service. */
export const scriptCases: Cases = {
  others: [
    {
      action: 'script.run',
      input: run,
      depends: 'us-west-2',
      bad: { input: { ...run, script: '../etc/passwd' }, names: 'script' },
    },
    {
      action: 'script.check',
      input: check,
      depends: 'us-west-2',
      bad: { input: { ...check, argument: {} }, names: 'argument' },
    },
    {
      action: 'tls.check-certificate',
      input: tls,
      depends: 'us-east-1',
      bad: { input: { ...tls, lasts: 'two weeks' }, names: 'lasts' },
    },
    {
      action: 'terraform.plan',
      estate,
      input: place,
      depends: 'us-west-2',
      bad: { input: { ...place, workspace: '-force' }, names: 'workspace' },
    },
    {
      action: 'terraform.apply',
      estate,
      input: { ...place, ...made },
      depends: 'us-west-2',
      bad: { input: { ...place, ...made, digest: 'latest' }, names: 'digest' },
    },
    {
      action: 'terraform.create-workspace',
      estate,
      input: { configuration: 'main', suffix: 'quarterly' },
      depends: 'us-west-2',
      bad: { input: { configuration: 'main', suffix: 'Quarterly Test' }, names: 'suffix' },
    },
    {
      action: 'terraform.destroy',
      estate,
      input: test,
      depends: 'us-west-2',
      bad: { input: { ...test, workspace: 'production' }, names: 'workspace' },
    },
  ],
};
