import { keyOf } from '../blocks/surface.ts';
import type { Block, Control, Entered, FieldElement, Option, Values } from '../types.ts';

type Chooser = { options?: Option[] | undefined; option_groups?: { options: Option[] }[] | undefined };

export function optionsOf({ options, option_groups }: Chooser): Option[] {
  return options ?? option_groups?.flatMap((group) => group.options) ?? [];
}

/** What stands in a field: what was entered, else what it began with. */
export function shownIn(element: FieldElement, entered: Entered | undefined): Entered {
  return entered === undefined ? initialOf(element) : entered;
}

function initialOf(element: FieldElement): Entered {
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? null;
    case 'multi_static_select':
    case 'checkboxes':
      return element.initial_options?.map((option) => option.value) ?? [];
    case 'users_select':
      return element.initial_user ?? null;
    case 'multi_users_select':
      return element.initial_users ?? [];
    case 'datepicker':
      return element.initial_date ?? null;
    case 'timepicker':
      return element.initial_time ?? null;
    case 'datetimepicker':
      return element.initial_date_time ?? null;
    case 'plain_text_input':
    case 'number_input':
      return element.initial_value ?? null;
  }
}

interface Found {
  key: string;
  element: FieldElement;
}

function fieldsOf(blocks: readonly Block[]): Found[] {
  return blocks.flatMap((block) =>
    controlsOf(block).flatMap((element) =>
      isField(element) ? [{ key: keyOf(block.block_id, element.action_id), element }] : [],
    ),
  );
}

function controlsOf(block: Block): Control[] {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'input') return [block.element];
  return block.type === 'section' && block.accessory ? [block.accessory] : [];
}

function isField(element: Control): element is FieldElement {
  return element.type !== 'button' && element.type !== 'overflow' && element.type !== 'image';
}

/** What was entered into the fields that are here now: others, and options that are offered no more, are left out. */
export function enteredIn(blocks: readonly Block[], entered: Values): Values {
  const kept = fieldsOf(blocks).flatMap(({ key, element }): [string, Entered][] => {
    const value = entered[key];
    return value === undefined || !isOffered(element, value) ? [] : [[key, value]];
  });
  return Object.fromEntries(kept);
}

function isOffered(element: FieldElement, value: Entered): boolean {
  if (!('options' in element) && !('option_groups' in element)) return true;
  const offered = new Set(optionsOf(element).map((option) => option.value));
  const chosen = Array.isArray(value) ? value : value === null ? [] : [String(value)];
  return chosen.every((one) => offered.has(one));
}
