import type { RichTextBlockElement, RichTextSectionElement } from 'slack-blocks-to-jsx';
import { inlineOf, unescaped } from './inline.ts';

/**
 * Slack's mrkdwn as rich text. The library's own reading of mrkdwn takes `&lt;!channel&gt;` for a mention, drops lines
 * that Markdown takes for headings or rules, and shows `verbatim` text unread; its rich text is painted to the letter.
 */
export function mrkdwnOf(text: string): RichTextBlockElement[] {
  return text.split(/\n?```([\s\S]*?)```\n?/).flatMap((part, at): RichTextBlockElement[] => {
    if (at % 2 === 1) return [preformatted(part.replace(/^\n/, ''))];
    return part === '' ? [] : quotesAndSections(part);
  });
}

function preformatted(text: string): RichTextBlockElement {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: unescaped(text) }] };
}

function quotesAndSections(text: string): RichTextBlockElement[] {
  const parts: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line)?.[1];
    const quote = quoted !== undefined;
    const last = parts.at(-1);
    if (last?.quote === quote) last.lines.push(quoted ?? line);
    else parts.push({ quote, lines: [quoted ?? line] });
  }
  return parts.map(({ quote, lines }) => {
    const elements = lines.flatMap((line, at) => [...(at > 0 ? [newLine] : []), ...inlineOf(line)]);
    return quote ? { type: 'rich_text_quote', elements } : { type: 'rich_text_section', elements };
  });
}

const newLine: RichTextSectionElement = { type: 'text', text: '\n' };

/** Letters as they are, with emoji by their names. */
export function plainOf(text: string): RichTextBlockElement[] {
  const parts = text.split(/:([a-z0-9_+-]+):/);
  const elements = parts.flatMap((part, at): RichTextSectionElement[] => {
    if (at % 2 === 1) return [{ type: 'emoji', name: part }];
    return part === '' ? [] : [{ type: 'text', text: part }];
  });
  return [{ type: 'rich_text_section', elements }];
}
