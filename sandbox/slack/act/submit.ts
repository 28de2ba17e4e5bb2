import { record } from '../limits/check.ts';
import { SlackError } from '../method.ts';
import { addView, depth, readView, replaceView } from '../methods/views.ts';
import { noteRefusal, type OpenView } from '../workspace.ts';
import { closing, submission } from './payloads.ts';
import { dispatch, type Hands } from './people.ts';
import { missingIn, stateOf, type Values } from './values.ts';

export interface Submit {
  user: string;
  viewId: string;
  values?: Values;
}

/** What the person sees after pressing the modal's button. */
export type Submitted =
  | { state: 'closed' }
  | { state: 'errors'; errors: Record<string, string> }
  | { state: 'updated' | 'pushed'; view: OpenView }
  /** Slack's own word that something is wrong with the app. */
  | { state: 'failed'; shown: string };

const trouble = 'We had some trouble connecting. Try again?';

export async function submitView(hands: Hands, submit: Submit): Promise<Submitted> {
  hands.checkUp();
  const view = openViewOf(hands, submit.user, submit.viewId);
  if (view.body.submit === undefined) throw new Error('This modal has no button to submit it with.');
  const values = stateOf(view.body.blocks, submit.values ?? {}, hands.workspace);
  const missing = missingIn(view.body, values);
  if (Object.keys(missing).length > 0) return { state: 'errors', errors: missing };
  const trigger = hands.triggers.issue({ user: submit.user, view: view.id });
  const payload = submission(hands.workspace, submit.user, view, values, trigger);
  const answer = await dispatch(hands, 'interactive', payload);
  if (!answer.ok) return failed(hands, view, answer.error, []);
  try {
    return apply(hands, view, record(answer.body));
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return failed(hands, view, error.message, error.messages);
  } finally {
    hands.workspace.changes.tell();
  }
}

function failed(hands: Hands, view: OpenView, error: string, messages: string[]): Submitted {
  noteRefusal(hands.workspace, 'view_submission', error, messages);
  view.trouble = trouble;
  return { state: 'failed', shown: trouble };
}

function apply(hands: Hands, view: OpenView, answer: Record<string, unknown>): Submitted {
  const { workspace } = hands;
  switch (answer.response_action) {
    case undefined:
      if (Object.keys(answer).length > 0)
        throw new SlackError('invalid_response', [`[ERROR] ${JSON.stringify(answer)}`]);
      workspace.views.delete(view.id);
      return { state: 'closed' };
    case 'clear':
      for (const one of stackOf(hands, view)) workspace.views.delete(one.id);
      return { state: 'closed' };
    case 'errors':
      return { state: 'errors', errors: readErrors(view, answer.errors) };
    case 'update':
      replaceView(workspace, view, readView(answer, 'modal', workspace));
      return { state: 'updated', view };
    case 'push':
      if (depth(workspace, view) >= 3) throw new SlackError('push_limit_reached');
      return { state: 'pushed', view: addView(workspace, view.user, readView(answer, 'modal', workspace), view) };
    default:
      throw new SlackError('invalid_response_action', [`[ERROR] ${String(answer.response_action)}`]);
  }
}

/** Errors may name only input blocks of this very view. */
function readErrors(view: OpenView, errors: unknown): Record<string, string> {
  const entries = Object.entries(record(errors));
  const inputs = view.body.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const stray = entries.filter(([block, text]) => !inputs.includes(block) || typeof text !== 'string' || text === '');
  if (entries.length === 0 || stray.length > 0) {
    const named = stray.map(([block]) => `[ERROR] no input block "${block}" [json-pointer:/errors]`);
    throw new SlackError('invalid_response_errors', named);
  }
  return Object.fromEntries(entries.map(([block, text]) => [block, String(text)]));
}

function openViewOf(hands: Hands, user: string, id: string): OpenView {
  const view = hands.workspace.views.get(id);
  if (!view || view.user !== user || view.body.type !== 'modal') throw new Error(`${user} has no modal ${id} open.`);
  return view;
}

function stackOf(hands: Hands, view: OpenView): OpenView[] {
  return [...hands.workspace.views.values()].filter((one) => one.root === view.root);
}

/** Closes the modal by its close button or the cross; the one below comes into sight unless it clears all. */
export async function closeView(hands: Hands, who: { user: string; viewId: string }): Promise<void> {
  hands.checkUp();
  const view = openViewOf(hands, who.user, who.viewId);
  const cleared = view.body.clear_on_close === true;
  for (const one of cleared ? stackOf(hands, view) : [view]) hands.workspace.views.delete(one.id);
  hands.workspace.changes.tell();
  if (view.body.notify_on_close !== true) return;
  await dispatch(hands, 'interactive', closing(hands.workspace, who.user, view, cleared));
}
