import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';
import type { Modal } from '../presenters/modals/view.ts';
import { refusalOf, troubleOf } from '../slack-errors.ts';
import type { Turn } from './turn.ts';

/** A modal that is open: `hash` is lost as soon as it is changed by another turn. */
export interface OpenView {
  id: string;
  hash: string | null;
}

/** Opens a modal at once: nothing that may be slow stands before this. */
export async function openView(edge: Edge, turn: Turn, view: Modal): Promise<OpenView> {
  try {
    const opened = await edge.clients.interactive.views.open({ trigger_id: turn.trigger ?? '', view });
    return { id: opened.view?.id ?? '', hash: opened.view?.hash ?? null };
  } catch (error) {
    edge.log.warn({ trouble: troubleOf(error) }, 'Slack did not open a form.');
    throw new Refusal('Slack did not open the form. Nothing has been done: try it once more.');
  }
}

/** False when the person has closed it, or another turn has changed it since. */
export async function updateView(edge: Edge, open: OpenView, view: Modal): Promise<boolean> {
  const once = async (): Promise<boolean> => {
    await edge.clients.interactive.views.update({ view_id: open.id, view, ...(open.hash ? { hash: open.hash } : {}) });
    return true;
  };
  try {
    return await once();
  } catch (error) {
    if (refusalOf(error) !== null) return gone(edge, error);
  }
  try {
    return await once();
  } catch (error) {
    return gone(edge, error);
  }
}

function gone(edge: Edge, error: unknown): boolean {
  edge.log.info({ trouble: troubleOf(error) }, 'A form could not be changed.');
  return false;
}

/** Changes a form and gives its new hash, or null when it is gone. */
export async function replaceView(edge: Edge, open: OpenView, view: Modal): Promise<OpenView | null> {
  try {
    const changed = await edge.clients.interactive.views.update({
      view_id: open.id,
      view,
      ...(open.hash ? { hash: open.hash } : {}),
    });
    return { id: open.id, hash: changed.view?.hash ?? null };
  } catch (error) {
    gone(edge, error);
    return null;
  }
}
