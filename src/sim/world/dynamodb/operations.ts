import type { Operations } from '../operation.ts';
import { backupOperations } from './backups.ts';
import { tableChanges } from './change.ts';
import { tableReadings } from './describe.ts';
import { exportOperations } from './exports.ts';
import { importOperations } from './imports.ts';
import { policyOperations } from './policies.ts';
import { itemReadings } from './reads.ts';
import { windowOperations } from './recovery-window.ts';
import { restoreOperations } from './restores.ts';
import { settingOperations } from './settings.ts';

export const dynamoDbOperations: Operations = {
  ...tableReadings,
  ...tableChanges,
  ...backupOperations,
  ...windowOperations,
  ...restoreOperations,
  ...itemReadings,
  ...settingOperations,
  ...policyOperations,
  ...exportOperations,
  ...importOperations,
};
