import type { Descriptor } from '../kit/define.ts';
import { deleteStack } from './delete-stack.ts';
import { deployStack } from './deploy-stack.ts';

export const cloudformationActions: readonly Descriptor[] = [deployStack, deleteStack];
