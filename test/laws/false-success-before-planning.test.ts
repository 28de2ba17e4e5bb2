import { describe } from '@jest/globals';
import { sweepFrom } from './support/false-success/sweep.ts';

describe('a failover planned while a call fails', () => sweepFrom('before planning'));
