import { ask } from './ask.js';
import { h } from './dom.js';
import { textOf } from './mrkdwn.js';
import { state } from './store.js';

/** Something a person uses on a message or in a modal's text; `surface.use` sends it. */
export function control(element, block, surface) {
  const make = { button, overflow: menu, image: picture }[element.type] ?? field;
  return make(element, block, surface);
}

function picture(element) {
  return h('span', { class: 'context' }, `[${element.alt_text}]`);
}

function keyOf(element, block) {
  return `${block.block_id}/${element.action_id}/${element.value ?? ''}`;
}

function button(element, block, surface) {
  const press = async (event) => {
    const { currentTarget } = event;
    if (element.confirm && !(await ask(element.confirm))) return;
    if (element.url) window.open(element.url, '_blank', 'noopener');
    const use = { actionId: element.action_id, blockId: block.block_id, value: element.value };
    await busy(currentTarget, () => surface.use('click', use));
  };
  return h(
    'button',
    {
      type: 'button',
      class: `button ${element.style ?? ''}`,
      'data-key': keyOf(element, block),
      'aria-label': element.accessibility_label,
      onclick: press,
    },
    textOf(element.text),
  );
}

/** Holds a control while its request is on the way. */
export async function busy(target, work) {
  target.disabled = true;
  target.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    target.disabled = false;
    target.removeAttribute('aria-busy');
  }
}

function menu(element, block, surface) {
  const pick = async (event) => {
    const { value } = event.currentTarget;
    if (value === '') return;
    event.currentTarget.value = '';
    if (element.confirm && !(await ask(element.confirm))) return;
    surface.use('select', { actionId: element.action_id, blockId: block.block_id, option: value });
  };
  const options = element.options.map((option) => h('option', { value: option.value }, textOf(option.text)));
  const properties = {
    class: 'overflow',
    'aria-label': 'More actions',
    'data-key': keyOf(element, block),
    onchange: pick,
  };
  return h('select', properties, h('option', { value: '' }, '⋯'), ...options);
}

function field(element, block, surface) {
  const shown = input(element, { id: keyOf(element, block), initial: undefined });
  // A field that is another one is another node: what it reads is bound to what it is made of.
  shown.node.dataset.key = JSON.stringify(element);
  shown.node.addEventListener('change', async () => {
    if (element.confirm && !(await ask(element.confirm))) return;
    surface.use('select', { actionId: element.action_id, blockId: block.block_id, option: shown.read() });
  });
  return shown.node;
}

const optionsOf = (element) => element.options ?? element.option_groups.flatMap((group) => group.options);
const local = (seconds) => {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

const inputs = {
  plain_text_input: (element, { id, initial }) => {
    const properties = {
      id,
      value: initial ?? element.initial_value ?? '',
      placeholder: element.placeholder?.text,
      maxlength: element.max_length,
    };
    const node = element.multiline
      ? h('textarea', { rows: 4, ...properties })
      : h('input', { type: 'text', ...properties });
    return { node, read: () => node.value };
  },
  number_input: (element, { id, initial }) => {
    const node = h('input', {
      id,
      type: 'number',
      value: initial ?? element.initial_value ?? '',
      min: element.min_value,
      max: element.max_value,
      step: element.is_decimal_allowed ? 'any' : '1',
      placeholder: element.placeholder?.text,
    });
    return { node, read: () => (node.value === '' ? null : node.value) };
  },
  static_select: (element, { id, initial }) => {
    const chosen = initial === undefined ? element.initial_option?.value : initial;
    const option = (one) => h('option', { value: one.value, selected: one.value === chosen }, textOf(one.text));
    const list = element.option_groups
      ? element.option_groups.map((group) => h('optgroup', { label: group.label.text }, group.options.map(option)))
      : element.options.map(option);
    const none =
      chosen === undefined || chosen === null ? h('option', { value: '' }, element.placeholder?.text ?? 'Choose…') : [];
    const node = h('select', { id }, none, ...list);
    return { node, read: () => node.value || null };
  },
  users_select: (element, { id, initial }) => {
    const chosen = initial === undefined ? element.initial_user : initial;
    const people = (state.people ?? []).filter((one) => !one.is_bot);
    const options = people.map((one) => h('option', { value: one.id, selected: one.id === chosen }, one.real_name));
    const node = h('select', { id }, h('option', { value: '' }, element.placeholder?.text ?? 'Choose…'), ...options);
    return { node, read: () => node.value || null };
  },
  multi_users_select: (element, context) => {
    const options = (state.people ?? [])
      .filter((one) => !one.is_bot)
      .map((one) => ({ value: one.id, text: { type: 'plain_text', text: one.real_name } }));
    return ticks('checkbox', options, context.initial ?? element.initial_users ?? [], context.id);
  },
  multi_static_select: (element, { id, initial }) =>
    ticks('checkbox', optionsOf(element), initial ?? valuesOf(element), id),
  checkboxes: (element, { id, initial }) => ticks('checkbox', element.options, initial ?? valuesOf(element), id),
  radio_buttons: (element, { id, initial }) => {
    const chosen = initial === undefined ? element.initial_option?.value : initial;
    const { node, read } = ticks('radio', element.options, chosen ? [chosen] : [], id);
    return { node, read: () => read()[0] ?? null };
  },
  datetimepicker: (element, { id, initial }) => {
    const seconds = initial === undefined ? element.initial_date_time : initial;
    const node = h('input', { id, type: 'datetime-local', value: seconds ? local(seconds) : '' });
    return { node, read: () => (node.value === '' ? null : Math.floor(new Date(node.value).getTime() / 1000)) };
  },
  datepicker: (element, { id, initial }) => {
    const node = h('input', { id, type: 'date', value: initial ?? element.initial_date ?? '' });
    return { node, read: () => node.value || null };
  },
  timepicker: (element, { id, initial }) => {
    const node = h('input', { id, type: 'time', value: initial ?? element.initial_time ?? '' });
    return { node, read: () => node.value || null };
  },
};

const valuesOf = (element) => (element.initial_options ?? []).map((option) => option.value);

function ticks(type, options, chosen, id) {
  const boxes = options.map((option) =>
    h('input', { type, name: id, value: option.value, checked: chosen.includes(option.value) }),
  );
  const labels = options.map((option, at) =>
    h(
      'label',
      { class: 'tick' },
      boxes[at],
      h('span', null, textOf(option.text), option.description && h('small', null, textOf(option.description))),
    ),
  );
  return {
    node: h('div', { class: 'ticks', role: 'group' }, labels),
    read: () => boxes.filter((box) => box.checked).map((box) => box.value),
  };
}

/** A form field for an element: its node, and what the person entered. */
export function input(element, context) {
  const make = inputs[element.type];
  return make
    ? make(element, context)
    : { node: h('p', { class: 'refused' }, `Cannot draw ${element.type}.`), read: () => null };
}
