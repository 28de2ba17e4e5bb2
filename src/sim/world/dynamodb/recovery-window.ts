import type {
  ContinuousBackupsDescription,
  DescribeContinuousBackupsCommandInput,
  DescribeContinuousBackupsCommandOutput,
  UpdateContinuousBackupsCommandInput,
  UpdateContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { effect, type Operations, reading } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { needTable } from './find.ts';
import type { Table } from './state.ts';

const minute = 60_000;
const longestMs = 35 * 24 * 60 * minute;
const behindMs = 5 * minute;

export const windowOperations: Operations = {
  DescribeContinuousBackups: reading<DescribeContinuousBackupsCommandInput, DescribeContinuousBackupsCommandOutput>(
    (scene, input) => describe(scene.state, needTable(scene, input.TableName, 'TableNotFoundException')),
  ),
  UpdateContinuousBackups: effect<UpdateContinuousBackupsCommandInput, UpdateContinuousBackupsCommandOutput>(
    (input) => `dynamodb:${input.TableName}`,
    (scene, input) => {
      const table = needTable(scene, input.TableName, 'TableNotFoundException');
      if (table.status !== 'ACTIVE') {
        refuse('ContinuousBackupsUnavailableException', `Backups are being enabled for the table: ${table.name}`);
      }
      const enabled = input.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true;
      table.recoverableSince = enabled ? (table.recoverableSince ?? scene.state.at) : null;
      return describe(scene.state, table);
    },
  ),
};

/** The instants, in whole seconds, to which a table can be restored; null while it cannot be. */
export function recoveryWindow(state: State, table: Table): { earliest: number; latest: number } | null {
  if (table.recoverableSince === null) return null;
  const earliest = Math.max(table.recoverableSince, state.at - longestMs);
  const latest = Math.max(earliest, state.at - behindMs);
  return { earliest: Math.ceil(earliest / 1_000) * 1_000, latest: Math.floor(latest / 1_000) * 1_000 };
}

function describe(state: State, table: Table): { ContinuousBackupsDescription: ContinuousBackupsDescription } {
  const window = recoveryWindow(state, table);
  const dates = window && {
    RecoveryPeriodInDays: 35,
    EarliestRestorableDateTime: new Date(window.earliest),
    LatestRestorableDateTime: new Date(window.latest),
  };
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: window ? 'ENABLED' : 'DISABLED', ...dates },
    },
  };
}
