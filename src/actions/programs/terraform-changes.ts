import { z } from 'zod';
import type { TerraformChanges } from '../../domain/ports/programs.ts';

/** Of `terraform show -json PLAN`, what says which resources change; values are left where they are. */
const Shown = z.object({
  resource_changes: z
    .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }))
    .default([]),
});

export function readChanges(json: string): TerraformChanges {
  const changes = Shown.parse(JSON.parse(json)).resource_changes;
  const doing = (what: string) => changes.filter(({ change }) => change.actions.includes(what));
  return {
    add: doing('create').length,
    change: doing('update').length,
    destroy: doing('delete').length,
    destroyed: doing('delete')
      .map(({ address }) => address)
      .sort(),
  };
}
