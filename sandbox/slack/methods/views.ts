import { withIds } from '../ids.ts';
import { checkView } from '../limits.ts';
import { type Args, json, type Method, type MethodContext, SlackError, text } from '../method.ts';
import { viewShape } from '../shapes.ts';
import type { Trigger } from '../triggers.ts';
import type { OpenView, ViewBody, Workspace } from '../workspace.ts';

export function readView(args: Args, type: 'modal' | 'home', workspace: Workspace): ViewBody {
  const view = json(args, 'view', 'invalid_arguments');
  if (view === undefined) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view']);
  const refusal = checkView(view, type);
  if (refusal) throw new SlackError(refusal.error, refusal.messages);
  const body = view as ViewBody;
  return { ...structuredClone(body), blocks: withIds(workspace, body.blocks) };
}

function spendTrigger(args: Args, context: MethodContext): Trigger {
  const trigger = context.triggers.spend(args.trigger_id);
  if (typeof trigger === 'string') throw new SlackError(trigger);
  return trigger;
}

function checkExternalId(workspace: Workspace, body: ViewBody, own?: OpenView): void {
  if (!body.external_id) return;
  const taken = [...workspace.views.values()].some((view) => view !== own && view.external_id === body.external_id);
  if (taken) throw new SlackError('duplicate_external_id');
}

export function addView(workspace: Workspace, user: string, body: ViewBody, over: OpenView | null): OpenView {
  checkExternalId(workspace, body);
  const id = workspace.nextId('V');
  const view: OpenView = {
    id,
    user,
    root: over?.root ?? id,
    previous: over?.id ?? null,
    hash: hashOf(workspace),
    external_id: body.external_id ?? '',
    body,
    trouble: null,
  };
  workspace.views.set(id, view);
  return view;
}

function hashOf(workspace: Workspace): string {
  return `${Math.floor(workspace.now().getTime() / 1000)}.${workspace.nextId('')}`;
}

export function replaceView(workspace: Workspace, view: OpenView, body: ViewBody): void {
  checkExternalId(workspace, body, view);
  view.body = body;
  view.external_id = body.external_id ?? '';
  view.hash = hashOf(workspace);
  view.trouble = null;
}

export function depth(workspace: Workspace, view: OpenView): number {
  const below = view.previous === null ? undefined : workspace.views.get(view.previous);
  return below ? depth(workspace, below) + 1 : 1;
}

const openView: Method = {
  tier: 4,
  scopes: [],
  run: (args, context) => {
    const { workspace } = context;
    const trigger = spendTrigger(args, context);
    const body = readView(args, 'modal', workspace);
    // One modal stack a person: opening another inside one is a push.
    const inside = trigger.view === null ? undefined : workspace.views.get(trigger.view);
    return { view: viewShape(workspace, addView(workspace, trigger.user, body, inside ?? null)) };
  },
};

const push: Method = {
  tier: 4,
  scopes: [],
  run: (args, context) => {
    const { workspace } = context;
    const trigger = spendTrigger(args, context);
    const top = trigger.view === null ? undefined : workspace.views.get(trigger.view);
    if (!top) throw new SlackError('not_found');
    if (depth(workspace, top) >= 3) throw new SlackError('push_limit_reached');
    const body = readView(args, 'modal', workspace);
    return { view: viewShape(workspace, addView(workspace, trigger.user, body, top)) };
  },
};

const update: Method = {
  tier: 4,
  scopes: [],
  run: (args, context) => {
    const { workspace } = context;
    const id = text(args, 'view_id');
    const external = text(args, 'external_id');
    if (!id && !external) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: view_id']);
    const view = [...workspace.views.values()].find((one) => (id ? one.id === id : one.external_id === external));
    if (view?.body.type !== 'modal') throw new SlackError('not_found');
    const hash = text(args, 'hash');
    if (hash && hash !== view.hash) throw new SlackError('hash_conflict');
    replaceView(workspace, view, readView(args, 'modal', workspace));
    return { view: viewShape(workspace, view) };
  },
};

const publish: Method = {
  tier: 4,
  scopes: [],
  run: (args, context) => {
    const { workspace } = context;
    const user = text(args, 'user_id');
    if (!workspace.users.has(user)) throw new SlackError('user_not_found');
    const key = `home:${user}`;
    const shown = workspace.views.get(key);
    const hash = text(args, 'hash');
    if (hash && shown && hash !== shown.hash) throw new SlackError('hash_conflict');
    const body = readView(args, 'home', workspace);
    const view = addView(workspace, user, body, null);
    workspace.views.delete(view.id);
    workspace.views.set(key, view);
    return { view: viewShape(workspace, view) };
  },
};

export const views: Record<string, Method> = {
  'views.open': openView,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
