import { useEffect, useId } from 'react';
import { useSlice } from '../state/stream.ts';
import { Dialog } from './modal/dialog.tsx';
import { forgetDraftsBut } from './modal/drafts.ts';
import { ModalForm } from './modal/modal-form.tsx';
import { QuestionDialog } from './modal/question-dialog.tsx';
import { act } from './state/act.ts';
import { useHere } from './state/here.ts';

/** The topmost of this person's modals, and above it the question that was asked. */
export function ModalHost() {
  const titleId = useId();
  const views = useSlice('views');
  const me = useHere()?.me.id;
  useEffect(() => {
    if (views !== undefined) forgetDraftsBut(views.map((view) => view.id));
  }, [views]);
  const stack = (views ?? []).filter((view) => view.user === me && view.body.type === 'modal');
  const view = stack.at(-1);
  const close = () => {
    if (view) void act(view.user, { viewId: view.id }, 'close', { viewId: view.id });
  };
  return (
    <>
      {view && (
        <Dialog key={view.user} labelledBy={titleId} onCancel={close}>
          <ModalForm key={view.id} view={view} titleId={titleId} below={stack.at(-2)} close={close} />
        </Dialog>
      )}
      <QuestionDialog />
    </>
  );
}
