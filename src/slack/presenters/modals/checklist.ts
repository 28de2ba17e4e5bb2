import type { ItemState } from '../../../domain/checklist.ts';
import type { Home } from '../../../domain/home.ts';
import type { ChecklistView } from '../../../domain/views.ts';
import { form } from '../../values.ts';
import { type Block, sections } from '../blocks.ts';
import { itemLine, itemStanding } from '../checklist.ts';
import { saidLines } from '../escape.ts';
import { checksInput, type Modal, modal, selectInput, textInput } from './view.ts';

/** Options of one group of checkboxes. Source: Slack's Block Kit reference. */
const mostChecks = 10;

/** Fields of ticks begin so; each holds at most ten. */
export const tickPrefix = 'ticks:';

/** What is open, to be ticked; one item at a time may be declined, with its reason. What is ticked stands above. */
export function checklistModal(
  { metadata, simulated }: { metadata: string; simulated: boolean },
  view: ChecklistView,
  home: Home,
): Modal {
  const open = view.items.filter(({ answer }) => answer !== 'done');
  const ticked = view.items.filter(({ answer }) => answer === 'done').map((item) => itemLine(view, item, home));
  const words = view.instructions === '' ? [] : [saidLines(view.instructions)];
  return modal({
    metadata,
    simulated,
    title: 'Checklist',
    callback: form.checklist,
    submit: 'Save',
    close: 'Cancel',
    blocks: [...sections([...words, ...ticked]), ...tickInputs(view, open, home), ...declineInputs(open)],
  });
}

function tickInputs(view: ChecklistView, open: readonly ItemState[], home: Home): Block[] {
  const groups = Array.from({ length: Math.ceil(open.length / mostChecks) }, (_, at) =>
    open.slice(at * mostChecks, (at + 1) * mostChecks),
  );
  return groups.map((group, at) =>
    checksInput({
      field: `${tickPrefix}${at}`,
      label: at === 0 ? 'Done' : 'More',
      options: group.map((item) => ({
        text: item.text,
        value: item.id,
        description: itemStanding(view, item, home).replaceAll('*', ''),
      })),
      chosen: [],
      optional: true,
    }),
  );
}

function declineInputs(open: readonly ItemState[]): Block[] {
  const options = open.filter(({ answer }) => answer === null).map(({ id, text }) => ({ text, value: id }));
  if (options.length === 0) return [];
  return [
    selectInput({ field: 'declined', label: 'Cannot be done', options, optional: true }),
    textInput({ field: 'reason', label: 'Why it cannot be done', multiline: true, max: 500, optional: true }),
  ];
}
