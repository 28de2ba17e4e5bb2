import { describe } from '@jest/globals';
import { sweepFrom } from './support/false-success/sweep.ts';

describe('a failover approved before a call began to fail', () => sweepFrom('after approval'));
