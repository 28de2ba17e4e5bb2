import { z } from 'zod';
import type { Scripts, Terraform } from '../domain/ports/programs.ts';
import { ask } from './ask.ts';
import type { Send } from './call.ts';

const Nothing = z.object({});
const Running = z.object({ state: z.literal('running'), output: z.string() });
const Ended = z.object({
  state: z.literal('ended'),
  exit: z.number().nullable(),
  ended: z.enum(['by itself', 'at its time-out', 'by a signal', 'with Muster']),
  output: z.string(),
  ms: z.number(),
});
const Seen = z.object({ seen: z.union([Running, Ended]).nullable() });
const Planned = z.object({
  state: z.literal('planned'),
  digest: z.string(),
  changes: z.object({
    add: z.number(),
    change: z.number(),
    destroy: z.number(),
    destroyed: z.array(z.string()),
  }),
});
const PlanSeen = z.object({ seen: z.union([Running, Ended, Planned]).nullable() });
const Workspaces = z.object({ workspaces: z.array(z.string()) });
const Resources = z.object({ resources: z.array(z.string()) });

/** Scripts that a world pretends to run. */
export function simulatedScripts(send: Send): Scripts {
  return {
    async start(key, script, args) {
      await ask(send, 'scripts', 'start', { key, script, args }, Nothing);
    },
    look: async (key) => (await ask(send, 'scripts', 'look', { key }, Seen)).seen,
    async forget(key) {
      await ask(send, 'scripts', 'forget', { key }, Nothing);
    },
  };
}

/** Terraform with its states in a world. */
export function simulatedTerraform(send: Send): Terraform {
  const order = async (command: string, input: Record<string, unknown>): Promise<void> => {
    await ask(send, 'terraform', command, input, Nothing);
  };
  return {
    workspaces: async (configuration) =>
      (await ask(send, 'terraform', 'workspaces', { configuration }, Workspaces)).workspaces,
    createWorkspace: (configuration, workspace) => order('createWorkspace', { configuration, workspace }),
    deleteWorkspace: (configuration, workspace) => order('deleteWorkspace', { configuration, workspace }),
    resources: async (configuration, workspace) =>
      (await ask(send, 'terraform', 'resources', { configuration, workspace }, Resources)).resources,
    startPlan: (key, at) => order('startPlan', { key, ...at }),
    lookPlan: async (key) => (await ask(send, 'terraform', 'lookPlan', { key }, PlanSeen)).seen,
    forgetPlan: (key) => order('forgetPlan', { key }),
    startApply: (key, at, plan) => order('startApply', { key, ...at, plan }),
    startDestroy: (key, at) => order('startDestroy', { key, ...at }),
    look: async (key) => (await ask(send, 'terraform', 'look', { key }, Seen)).seen,
  };
}
