import { control } from './controls.js';
import { h } from './dom.js';
import { mrkdwn, textOf } from './mrkdwn.js';
import { richText } from './rich-text.js';

const drawn = {
  header: (block) => h('h3', null, textOf(block.text)),
  divider: () => h('hr'),
  context: (block) => h('div', { class: 'context' }, block.elements.map(contextPart)),
  markdown: (block) => h('p', { class: 'text' }, mrkdwn(block.text)),
  rich_text: richText,
  image: (block) => h('p', { class: 'context' }, `[image: ${block.alt_text}]`),
  table: (block) =>
    h(
      'table',
      null,
      block.rows.map((row) => h('tr', null, row.map(cell))),
    ),
  section: (block, surface) =>
    h(
      'div',
      { class: 'section' },
      h(
        'div',
        { class: 'section-body' },
        block.text && h('div', { class: 'text' }, textOf(block.text)),
        block.fields &&
          h(
            'div',
            { class: 'fields' },
            block.fields.map((field) => h('div', { class: 'text' }, textOf(field))),
          ),
      ),
      block.accessory && h('div', { class: 'accessory' }, control(block.accessory, block, surface)),
    ),
  actions: (block, surface) =>
    h(
      'div',
      { class: 'actions' },
      block.elements.map((element) => control(element, block, surface)),
    ),
};

/**
 * Draws blocks. The surface says how its controls speak: `use(kind, {actionId, blockId, …})`.
 * Input blocks are the modal's own business.
 */
export function drawBlocks(blocks, surface) {
  return blocks.map((block) => {
    const draw = surface.drawn?.[block.type] ?? drawn[block.type];
    return draw
      ? draw(block, surface)
      : h('p', { class: 'refused' }, `This page cannot draw a block of type ${block.type}.`);
  });
}

function contextPart(element) {
  if (element.type === 'image') return h('span', null, `[${element.alt_text}]`);
  return h('span', { class: 'text' }, textOf(element));
}

function cell(content) {
  return h('td', null, content.type === 'raw_text' ? content.text : richText(content));
}
