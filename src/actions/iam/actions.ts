import type { Descriptor } from '../kit/define.ts';
import { disableAccessKey } from './disable-access-key.ts';
import { revokeSessions } from './revoke-sessions.ts';

export const iamActions: readonly Descriptor[] = [disableAccessKey, revokeSessions];
