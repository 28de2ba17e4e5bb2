import type { z } from 'zod';
import { unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Found } from '../kit/define.ts';
import type { Reading } from '../kit/reading.ts';
import { isRegisteredBy, readRevision } from './definition.ts';
import { changeOf, type DeployCaptured, type DeployInput } from './deploy-input.ts';
import { readHistory } from './history.ts';
import { deployedBy, primaryOf, type RolloutReceipt } from './rollout.ts';
import { nameService, readService } from './service.ts';

type Receipt = z.output<typeof RolloutReceipt>;
type Captured = z.output<typeof DeployCaptured>;

/**
 * The deployment that followed the captured one, if it is of what this step deploys; where a third is there by now, the
 * history tells, for the step's own may have been rolled back.
 */
export async function lookupDeploy(input: DeployInput, captured: Captured, ctx: KitContext): Promise<Found<Receipt>> {
  const service = await readService(input, ctx);
  if (!service.ok) return unknowable(service);
  const deployment = primaryOf(service.value)?.id;
  if (!deployment) return { happened: 'unknowable', why: `${nameService(input)} names no deployment.` };
  if (deployment === captured.deployment) return { happened: false };
  const receipt = (name: string): Found<Receipt> => ({
    happened: true,
    receipt: { at: captured.at, task_definition: name, replaces: captured.deployment },
  });
  const present = deployedBy(service.value);
  const own = await isOwn(input, present, captured, ctx);
  if (!own.ok) return unknowable(own);
  if (own.value) return receipt(present);
  const past = await readHistory(input, ctx, new Date(captured.at));
  if (!past.ok) return unknowable(past);
  for (const { taskDefinition: name } of past.value) {
    if (name === null) continue;
    const earlier = await isOwn(input, name, captured, ctx);
    if (!earlier.ok) return unknowable(earlier);
    if (earlier.value) return receipt(name);
  }
  return { happened: false };
}

/** Whether a revision is what this step deploys: the one that is named, the present one again, or one that it registered. */
async function isOwn(input: DeployInput, name: string, captured: Captured, ctx: KitContext): Promise<Reading<boolean>> {
  if (changeOf(input) === null) {
    return { ok: true, value: name === (input.task_definition ?? captured.task_definition) };
  }
  const read = await readRevision(input.region, name, ctx);
  return read.ok ? { ok: true, value: isRegisteredBy(read.value.tags, ctx.owner) } : read;
}
