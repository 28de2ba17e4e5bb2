/** Control characters, line breaks and marks that change the direction of text. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
/** The same but for what `isolate` puts around words. */
const unseenBut = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066\u2067]+/gu;

/** Slack has no escape for its formatting marks, so people's own are shown by their look-alikes. */
const lookAlike: Record<string, string> = { '*': '∗', '~': '∼', '`': 'ˋ', _: 'ˍ' };

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Right-to-left words among others: they turn nothing around them, and no paragraph. */
export function isolate(value: string): string {
  return rightToLeft.test(value) ? `\u2068${value}\u2069` : value;
}

/** Whether the first letter of a text makes it run from right to left. */
export function runsFromRight(text: string): boolean {
  return rightToLeft.test(/\p{L}/u.exec(text)?.[0] ?? '');
}

/** Words that people typed, or that came from outside, for mrkdwn: they can ping nobody and format nothing. */
export function said(value: string): string {
  return isolate(harmless(value));
}

/** The same as words of their own, in the direction in which they are read. */
export function harmless(value: string): string {
  return entities(
    oneLine(value).replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (mark) => lookAlike[mark] ?? ''),
  );
}

/** `harmless` over several lines. */
export function saidLines(value: string): string {
  return value.split(/\r?\n/).map(harmless).join('\n');
}

/** An identifier as it is written, to be copied: resources, steps, codes. */
export function code(value: string): string {
  const inside = entities(oneLine(value).replaceAll('`', 'ˋ'));
  return inside === '' ? '' : `\`${inside}\``;
}

/** Lines to be copied as they are. */
export function codeBlock(value: string): string {
  const lines = value.split(/\r?\n/).map((line) => line.replace(unseen, ' '));
  return `\`\`\`${entities(lines.join('\n').replaceAll('`', 'ˋ'))}\`\`\``;
}

/** Words for a plain_text object, where nothing is parsed; angle brackets are still kept out, and `isolate` is kept. */
export function plain(value: string): string {
  return oneLine(value, unseenBut).replaceAll('<', '‹').replaceAll('>', '›');
}

/** Text that is mrkdwn already: people, channels, links and dates stay, and nothing else in brackets does. */
export function defused(text: string): string {
  return text.replace(/<(?!@[UW][A-Z0-9]+>|#C[A-Z0-9]+>|!date\^[^<>]*>|https?:\/\/[^\s<>|]+(\|[^<>]*)?>)/g, '&lt;');
}

/** A link, if it is one that a browser may follow; else its label alone. */
export function link(url: string, label: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return said(label);
  return `<${encodeURI(decodeLoosely(url)).replace(/[<>|]/g, encodeURIComponent)}|${said(label)}>`;
}

function decodeLoosely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function oneLine(value: string, without: RegExp = unseen): string {
  return value.replace(without, ' ').trim();
}

function entities(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
