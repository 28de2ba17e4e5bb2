import type { RichTextSectionElement } from 'slack-blocks-to-jsx';

interface Style {
  bold?: true;
  italic?: true;
  strike?: true;
  code?: true;
}

const token =
  /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|(?<![\w*])\*(\S(?:[^*\n]*?\S)?)\*(?![\w*])|(?<![\w_])_(\S(?:[^_\n]*?\S)?)_(?![\w_])|(?<![\w~])~(\S(?:[^~\n]*?\S)?)~(?![\w~])/g;

/** A line of mrkdwn, piece by piece. Only links, mentions and dates in angle brackets are more than text and its styles. */
export function inlineOf(text: string, style: Style = {}): RichTextSectionElement[] {
  const pieces: RichTextSectionElement[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    pieces.push(...textOf(text.slice(from, match.index), style));
    from = match.index + match[0].length;
    pieces.push(...styled(match, style));
  }
  return [...pieces, ...textOf(text.slice(from), style)];
}

function textOf(text: string, style: Style): RichTextSectionElement[] {
  return text === '' ? [] : [{ type: 'text', text: unescaped(text), style }];
}

function styled([, code, reference, emoji, bold, italic, strike]: RegExpExecArray, style: Style) {
  if (code !== undefined) return textOf(code, { ...style, code: true });
  if (reference !== undefined) return [referred(reference, style)];
  if (emoji !== undefined) return [{ type: 'emoji', name: emoji } as const];
  if (bold !== undefined) return inlineOf(bold, { ...style, bold: true });
  if (italic !== undefined) return inlineOf(italic, { ...style, italic: true });
  return inlineOf(strike ?? '', { ...style, strike: true });
}

function referred(reference: string, style: Style): RichTextSectionElement {
  const [target = '', label] = reference.split('|');
  const { code: _code, ...plain } = style;
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1), style: plain };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1), style: plain };
  if (target.startsWith('!subteam^')) {
    return { type: 'usergroup', usergroup_id: label?.replace(/^@/, '') ?? target.slice(9), style: plain };
  }
  if (target.startsWith('!date^')) return dateOf(target, label ?? '', style);
  const range = (['here', 'channel', 'everyone'] as const).find((one) => target === `!${one}`);
  if (range !== undefined) return { type: 'broadcast', range, style };
  if (target.startsWith('!')) return { type: 'text', text: unescaped(label ?? target), style };
  return linkOf(unescaped(target), label && unescaped(label), style);
}

/** `!date^1718000000^{date_short} {time}^https://…`: the address goes with the format, for there is no place of its own. */
function dateOf(target: string, fallback: string, style: Style): RichTextSectionElement {
  const [, seconds, ...format] = target.split('^');
  const timestamp = Number(seconds);
  if (!Number.isFinite(timestamp)) return { type: 'text', text: unescaped(fallback), style };
  return { type: 'date', timestamp, format: format.join('^'), style };
}

/** A link that no browser may follow is its words alone. */
function linkOf(url: string, label: string | undefined, style: Style): RichTextSectionElement {
  if (!/^(https?:|mailto:)/.test(url)) return { type: 'text', text: label ?? url, style };
  return { type: 'link', url, text: label || url, style };
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
