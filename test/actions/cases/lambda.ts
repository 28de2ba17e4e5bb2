import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Cases } from '../cases.ts';

const functions = (): EstateInput => exampleCloud('flight-data', ['buckets', 'lambda']);

/** The example's functions as something changed them after their backups were made. */
function changed(since: { gone?: boolean; code?: string; memory?: number }): EstateInput {
  const { lambda, ...rest } = functions();
  return { ...rest, lambda: { ...lambda, functions: (lambda?.functions ?? []).map((one) => ({ ...one, since })) } };
}

const processor = { region: 'us-east-1', function: 'flightdata-processor' };
const store = { bucket: 'flightdata-lambda-backups-us-west-2', bucket_region: 'us-west-2' };
/** The estate's backup of nine hours ago; the law's clock begins at noon. */
const folder = 'lambda-backups/20260301T030000Z-daily';

export const lambdaCases: Cases = {
  effects: [
    {
      action: 'lambda.set-concurrency',
      estate: functions,
      instant: true,
      uncalled: ['lambda:DeleteFunctionConcurrency'],
      input: { region: 'us-east-1', function: 'flightdata-api', reserved: 0 },
      depends: 'us-east-1',
      bad: { input: { ...processor, reserved: -1 }, names: 'reserved' },
    },
    {
      action: 'lambda.set-concurrency',
      estate: functions,
      instant: true,
      uncalled: ['lambda:DeleteFunctionConcurrency'],
      input: { ...processor, reserved: 50 },
      depends: 'us-east-1',
      bad: { input: { ...processor, reserved: 'none' }, names: 'reserved' },
    },
    {
      action: 'lambda.toggle-event-source',
      estate: functions,
      input: { ...processor, enabled: false },
      depends: 'us-east-1',
      bad: { input: { ...processor, enabled: 'no' }, names: 'enabled' },
    },
    {
      action: 'lambda.back-up',
      estate: functions,
      instant: true,
      keeps: true,
      input: { region: 'us-east-1', functions: 'flightdata', ...store },
      depends: 'us-west-2',
      bad: { input: { region: 'us-east-1', functions: 'flight data', ...store }, names: 'functions' },
    },
    {
      action: 'lambda.restore',
      estate: functions,
      keeps: true,
      uncalled: [
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
        'lambda:DeleteFunctionConcurrency',
        'lambda:RemovePermission',
        'lambda:UpdateAlias',
        'lambda:CreateEventSourceMapping',
        'lambda:AddPermission',
      ],
      input: { region: 'us-west-2', ...store, folder },
      depends: 'us-west-2',
      bad: { input: { region: 'us-west-2', ...store, folder: 'lambda-backups/latest' }, names: 'folder' },
    },
    {
      action: 'lambda.restore',
      estate: () => changed({ gone: true }),
      keeps: true,
      uncalled: [
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
        'lambda:DeleteFunctionConcurrency',
        'lambda:RemovePermission',
        'lambda:UpdateAlias',
      ],
      input: { region: 'us-east-1', ...store, folder },
      depends: 'us-east-1',
      bad: { input: { region: 'us-east-1', ...store, folder, suffix: 'test' }, names: 'suffix' },
    },
    {
      action: 'lambda.delete-functions',
      estate: () => {
        const { lambda, ...rest } = functions();
        const tags = { 'muster:run': 'run_1', 'muster:step': 'run_1/trial' };
        const trials = (lambda?.functions ?? []).map((one) => ({ ...one, name: `${one.name}-dr-test`, tags }));
        return { ...rest, lambda: { ...lambda, functions: [...(lambda?.functions ?? []), ...trials] } };
      },
      instant: true,
      input: { region: 'us-east-1', functions: 'flightdata', suffix: '-dr-test' },
      depends: 'us-east-1',
      bad: { input: { region: 'us-east-1', functions: 'flightdata', suffix: '' }, names: 'suffix' },
    },
  ],
  readings: [
    {
      action: 'lambda.check-backups',
      estate: functions,
      input: { region: 'us-east-1', functions: 'flightdata', ...store, max_age: '12h' },
      depends: 'us-west-2',
      bad: { input: { functions: 'flightdata', ...store, max_age: 'daily' }, names: 'max_age' },
    },
  ],
};
