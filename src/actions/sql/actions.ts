import type { Descriptor } from '../kit/define.ts';
import { assertSql } from './assert.ts';

export const sqlActions: readonly Descriptor[] = [assertSql];
