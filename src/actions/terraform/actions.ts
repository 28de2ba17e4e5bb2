import type { Descriptor } from '../kit/define.ts';
import { applyTerraform } from './apply.ts';
import { createWorkspace } from './create-workspace.ts';
import { destroyTerraform } from './destroy.ts';
import { planTerraform } from './plan.ts';

export const terraformActions: readonly Descriptor[] = [
  planTerraform,
  applyTerraform,
  createWorkspace,
  destroyTerraform,
];
