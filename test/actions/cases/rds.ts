import type { Cases } from '../cases.ts';
import { changeCases } from './rds-changes.ts';

export const rdsCases: Cases = {
  effects: [...changeCases],
};
