import type { Descriptor } from '../kit/define.ts';
import { backUp } from './back-up.ts';
import { checkBackups } from './check-backups.ts';
import { deleteFunctions } from './delete-functions.ts';
import { restore } from './restore.ts';
import { setConcurrency } from './set-concurrency.ts';
import { toggleEventSource } from './toggle-event-source.ts';

export const lambdaActions: readonly Descriptor[] = [
  backUp,
  checkBackups,
  deleteFunctions,
  restore,
  setConcurrency,
  toggleEventSource,
];
