import { elementsOf } from '../ids.ts';
import { record } from '../limits/check.ts';
import type { Block, ViewBody, Workspace } from '../workspace.ts';

/** What a person put into one field: text, a choice's value, several values, or a Unix time; null empties it. */
export type Entered = string | number | readonly string[] | null;
/** By `block_id`, `action_id`, or `block_id.action_id`. */
export type Values = Readonly<Record<string, Entered>>;
export type State = Record<string, Record<string, Record<string, unknown>>>;

const choosing = ['static_select', 'radio_buttons', 'overflow'];
const choosingMany = ['multi_static_select', 'checkboxes'];

interface Field {
  block: Block;
  element: Record<string, unknown>;
  action: string;
}

function fieldsOf(blocks: readonly Block[]): Field[] {
  return blocks.flatMap((block) =>
    elementsOf(block)
      .filter((element) => !['button', 'overflow', 'image'].includes(String(element.type)))
      .map((element) => ({ block, element, action: String(element.action_id) })),
  );
}

/** The `state.values` that Slack sends. Throws when a value has no field, or was not offered: nobody can enter that. */
export function stateOf(blocks: readonly Block[], values: Values, workspace: Workspace): State {
  const state: State = {};
  const used = new Set<string>();
  for (const { block, element, action } of fieldsOf(blocks)) {
    const key = [`${block.block_id}.${action}`, block.block_id, action].find((one) => one in values);
    if (key !== undefined) used.add(key);
    const inner = state[block.block_id] ?? {};
    state[block.block_id] = inner;
    inner[action] = fill(element, key === undefined ? undefined : values[key], workspace);
  }
  const stray = Object.keys(values).find((key) => !used.has(key));
  if (stray !== undefined)
    throw new Error(`No field "${stray}" here. Found: ${Object.keys(state).join(', ') || 'none'}.`);
  return state;
}

/** One element's part of the state: what was entered, else what it began with. */
export function fill(
  element: Record<string, unknown>,
  entered: Entered | undefined,
  workspace: Workspace,
): Record<string, unknown> {
  const type = String(element.type);
  if (choosing.includes(type)) return { type, selected_option: chosen(element, entered, element.initial_option) };
  if (choosingMany.includes(type)) return { type, selected_options: chosenMany(element, entered) };
  if (type === 'datetimepicker')
    return { type, selected_date_time: entered ?? initial(element, entered, 'initial_date_time') };
  if (type === 'datepicker') return { type, selected_date: entered ?? initial(element, entered, 'initial_date') };
  if (type === 'timepicker') return { type, selected_time: entered ?? initial(element, entered, 'initial_time') };
  if (type === 'users_select')
    return { type, selected_user: someone(entered ?? initial(element, entered, 'initial_user'), workspace) };
  if (type === 'multi_users_select')
    return { type, selected_users: entered ?? initial(element, entered, 'initial_users') ?? [] };
  const value = entered === undefined ? element.initial_value : entered;
  return { type, value: value === undefined || value === '' ? null : value };
}

/** An emptied field stays empty; an untouched one keeps what it began with. */
function initial(element: Record<string, unknown>, entered: Entered | undefined, name: string): unknown {
  return entered === undefined ? (element[name] ?? null) : null;
}

function someone(user: unknown, workspace: Workspace): unknown {
  if (user === null || (typeof user === 'string' && workspace.users.has(user))) return user;
  throw new Error(`Nobody here is ${JSON.stringify(user)}.`);
}

function optionsOf(element: Record<string, unknown>): Record<string, unknown>[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const lists = [element.options, ...groups.map((group) => record(group).options)];
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(record) : []));
}

function chosen(element: Record<string, unknown>, entered: Entered | undefined, first: unknown): unknown {
  if (entered === undefined) return first ?? null;
  if (entered === null) return null;
  const option = optionsOf(element).find((one) => one.value === entered);
  if (option) return option;
  const offered = optionsOf(element).map((one) => one.value);
  throw new Error(`"${String(entered)}" is not offered here. Offered: ${offered.join(', ')}.`);
}

function chosenMany(element: Record<string, unknown>, entered: Entered | undefined): unknown[] {
  if (entered === undefined) return Array.isArray(element.initial_options) ? element.initial_options : [];
  const values = entered === null ? [] : Array.isArray(entered) ? entered : [entered];
  return values.map((value) => chosen(element, value, undefined));
}

/** What Slack itself tells a person before it sends the form: by block. */
export function missingIn(body: ViewBody, state: State): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { block, element, action } of fieldsOf(body.blocks)) {
    if (block.type !== 'input') continue;
    const fault = faultOf(element, record(state[block.block_id]?.[action]), block.optional === true);
    if (fault) faults[block.block_id] = fault;
  }
  return faults;
}

function faultOf(
  element: Record<string, unknown>,
  entered: Record<string, unknown>,
  optional: boolean,
): string | undefined {
  const { type: _type, ...rest } = entered;
  const value = Object.values(rest)[0];
  const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  if (empty) return optional ? undefined : 'Please complete this required field.';
  if (typeof value !== 'string') return undefined;
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3000);
  if (value.length < least) return `Please enter at least ${least} characters.`;
  return value.length > most ? `Please enter at most ${most} characters.` : undefined;
}
