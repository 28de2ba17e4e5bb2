import { z } from 'zod';
import type { Workspace } from '../slack/workspace.ts';

const Sleep = z.strictObject({ user: z.string(), asleep: z.boolean() });

/** Whether somebody sleeps: then nothing that plays by itself acts as them. */
export function setAsleep(workspace: Workspace, body: unknown): void {
  const { user: id, asleep } = Sleep.parse(body);
  const user = workspace.users.get(id);
  if (!user) throw new Error(`Nobody here is ${id}.`);
  user.asleep = asleep;
  workspace.changes.tell();
}
