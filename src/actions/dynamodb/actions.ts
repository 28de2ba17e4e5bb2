import type { Descriptor } from '../kit/define.ts';
import { checkItems } from './check-items.ts';
import { compareTables } from './compare-tables.ts';
import { createBackup } from './create-backup.ts';
import { cutOver } from './cut-over.ts';
import { deleteTable } from './delete-table.ts';
import { denyWrites } from './deny-writes.ts';
import { ensurePitr } from './ensure-pitr.ts';
import { exportToS3 } from './export-to-s3.ts';
import { importFromS3 } from './import-from-s3.ts';
import { reapplySettings } from './reapply-settings.ts';
import { restoreBackup } from './restore-backup.ts';
import { restoreToTime } from './restore-to-time.ts';
import { selectBackup } from './select-backup.ts';
import { selectExport } from './select-export.ts';

export const dynamodbActions: readonly Descriptor[] = [
  createBackup,
  ensurePitr,
  selectBackup,
  restoreBackup,
  restoreToTime,
  compareTables,
  deleteTable,
  reapplySettings,
  exportToS3,
  selectExport,
  importFromS3,
  denyWrites,
  checkItems,
  cutOver,
];
