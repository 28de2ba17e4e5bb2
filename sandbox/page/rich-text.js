import { h } from './dom.js';
import { emoji } from './emoji.js';
import { link } from './mrkdwn.js';
import { channelById, person } from './store.js';

const spans = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

function piece(element) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return link(element.url, element.text);
    case 'emoji':
      return emoji(element.name) ?? `:${element.name}:`;
    case 'user':
      return h('span', { class: 'mention' }, `@${person(element.user_id)?.name ?? element.user_id}`);
    case 'channel':
      return h('span', { class: 'mention' }, `#${channelById(element.channel_id)?.name ?? element.channel_id}`);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'broadcast':
      return h('span', { class: 'mention loud' }, `@${element.range}`);
    default:
      return element.fallback ?? '';
  }
}

function inline(elements) {
  return elements.map((element) =>
    Object.entries(spans).reduce(
      (node, [name, tag]) => (element.style?.[name] ? h(tag, null, node) : node),
      piece(element),
    ),
  );
}

export function richText(block) {
  return h('div', { class: 'rich' }, block.elements.map(part));
}

function part(element) {
  switch (element.type) {
    case 'rich_text_list':
      return h(
        element.style === 'ordered' ? 'ol' : 'ul',
        { class: `indent-${element.indent ?? 0}` },
        element.elements.map((item) => h('li', null, inline(item.elements))),
      );
    case 'rich_text_preformatted':
      return h('pre', null, inline(element.elements));
    case 'rich_text_quote':
      return h('blockquote', null, inline(element.elements));
    default:
      return h('p', { class: 'text' }, inline(element.elements));
  }
}
