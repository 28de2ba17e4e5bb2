import { h } from './dom.js';
import { emoji } from './emoji.js';
import { channelById, now, person } from './store.js';

/** Slack's mrkdwn as nodes. Only links, mentions and dates in angle brackets are more than text and its styles. */
export function mrkdwn(text) {
  return text.split(/```([\s\S]*?)```/).flatMap((part, at) => {
    if (at % 2 === 1) return [h('pre', null, unescaped(part.replace(/^\n/, '')))];
    return part === '' ? [] : quoted(part);
  });
}

function quoted(text) {
  const nodes = [];
  let quote = null;
  for (const [at, line] of text.split('\n').entries()) {
    const match = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (match) {
      if (quote) quote.append('\n');
      else {
        quote = h('blockquote');
        nodes.push(quote);
      }
      quote.append(...inline(match[1]));
      continue;
    }
    if (at > 0 && !quote) nodes.push('\n');
    quote = null;
    nodes.push(...inline(line));
  }
  return nodes;
}

const token =
  /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|(?<![\w*])\*(\S(?:[^*\n]*?\S)?)\*(?![\w*])|(?<![\w_])_(\S(?:[^_\n]*?\S)?)_(?![\w_])|(?<![\w~])~(\S(?:[^~\n]*?\S)?)~(?![\w~])/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    if (match.index > from) nodes.push(unescaped(text.slice(from, match.index)));
    from = match.index + match[0].length;
    nodes.push(styled(match));
  }
  if (from < text.length) nodes.push(unescaped(text.slice(from)));
  return nodes;
}

function styled([whole, code, reference, name, bold, italic, struck]) {
  if (code !== undefined) return h('code', null, unescaped(code));
  if (reference !== undefined) return referred(reference);
  if (name !== undefined) return emoji(name) ? h('span', { role: 'img', 'aria-label': name }, emoji(name)) : whole;
  if (bold !== undefined) return h('strong', null, ...inline(bold));
  if (italic !== undefined) return h('em', null, ...inline(italic));
  return h('s', null, ...inline(struck));
}

function referred(reference) {
  const [target, label] = reference.split('|');
  if (target.startsWith('@'))
    return h('span', { class: 'mention' }, `@${person(target.slice(1))?.name ?? label ?? target.slice(1)}`);
  if (target.startsWith('#'))
    return h('span', { class: 'mention' }, `#${channelById(target.slice(1))?.name ?? label ?? target.slice(1)}`);
  if (target.startsWith('!date^')) return shownDate(target, label);
  if (target.startsWith('!subteam^'))
    return h('span', { class: 'mention' }, `@${(label ?? target.slice(9)).replace(/^@/, '')}`);
  if (target.startsWith('!')) return h('span', { class: 'mention loud' }, `@${target.slice(1)}`);
  return link(unescaped(target), label && unescaped(label));
}

export function link(url, label) {
  if (!/^(https?:|mailto:)/.test(url)) return label ?? url;
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label || url);
}

/** `12 minutes ago` by the simulated clock: it runs on by itself, as in Slack. */
function ago(since) {
  const minutes = Math.floor((now() - since) / 60_000);
  const [count, unit] = minutes < 120 ? [minutes, 'minute'] : [Math.floor(minutes / 60), 'hour'];
  return minutes < 1 ? 'just now' : `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

export function drawClocks() {
  for (const node of document.querySelectorAll('[data-since]')) node.textContent = ago(Number(node.dataset.since));
}

/** `<!date^1718000000^{date_short} {time}|fallback>`, in this browser's time zone, as Slack does. */
function shownDate(target, fallback) {
  const [, seconds, format, url] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback ?? '';
  if (format === '{ago}') return h('time', { 'data-since': String(at.getTime()) }, ago(at.getTime()));
  const parts = {
    date: at.toLocaleDateString('en-GB', { dateStyle: 'long' }),
    date_short: at.toLocaleDateString('en-GB', { dateStyle: 'medium' }),
    date_num: at.toISOString().slice(0, 10),
    date_pretty: at.toLocaleDateString('en-GB', { dateStyle: 'long' }),
    time: at.toLocaleTimeString('en-GB', { timeStyle: 'short' }),
    time_secs: at.toLocaleTimeString('en-GB', { timeStyle: 'medium' }),
  };
  const text = (format ?? '').replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
  return url ? link(url, text) : h('time', { datetime: at.toISOString() }, text);
}

function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A text object; plain text keeps its letters, and its emoji names unless told otherwise. */
export function textOf(object) {
  if (!object) return [];
  if (object.type === 'mrkdwn') return mrkdwn(object.text);
  if (object.emoji === false) return [object.text];
  return [object.text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole)];
}
