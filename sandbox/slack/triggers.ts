import type { Workspace } from './workspace.ts';

/** What lets an app open a modal: handed out with each thing a person does, good for three seconds, once. */
export interface Trigger {
  user: string;
  /** The modal it came from, when the person acted inside one. */
  view: string | null;
}

export interface Triggers {
  issue(trigger: Trigger): string;
  /** The trigger, or Slack's error. A trigger is spent by a view that is refused, too. */
  spend(id: unknown): Trigger | string;
}

const lifeMs = 3000;

export function createTriggers(workspace: Workspace): Triggers {
  const issued = new Map<string, Trigger & { at: number; spent: boolean }>();
  return {
    issue: (trigger) => {
      const id = `${workspace.nextId('')}.${workspace.team.id}.trigger`;
      issued.set(id, { ...trigger, at: workspace.real(), spent: false });
      return id;
    },
    spend: (id) => {
      const trigger = typeof id === 'string' ? issued.get(id) : undefined;
      if (!trigger) return 'invalid_trigger_id';
      if (trigger.spent) return 'exchanged_trigger_id';
      if (workspace.real() - trigger.at > lifeMs) return 'expired_trigger_id';
      trigger.spent = true;
      return trigger;
    },
  };
}
