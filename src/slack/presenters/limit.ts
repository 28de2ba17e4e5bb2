import type { Block } from './blocks.ts';
import { isolate } from './escape.ts';

/**
 * What Slack accepts, in characters and counts. Source: its Block Kit reference; `written` is our own cap below an
 * undocumented one (about 11,000 characters in all of a message's blocks). `text` keeps `chat.update` under 4,000.
 */
export const limits = {
  blocks: 50,
  viewBlocks: 100,
  section: 3000,
  header: 150,
  button: 75,
  option: 75,
  title: 24,
  label: 2000,
  input: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  blockId: 255,
  metadata: 3000,
  text: 3000,
  written: 10_000,
} as const;

/** Shortens to `max` characters, and says how much was left out where there is room to. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const note = max >= 200 ? `… ${besides(text, `(cut: ${text.length - max} more characters)`)}` : '…';
  return `${whole(text.slice(0, max - note.length))}${note}`;
}

/** Our words at the end of somebody's, which may run from right to left. */
function besides(text: string, ours: string): string {
  return isolate(text) === text ? ours : `\u2068${ours}\u2069`;
}

/** A long text in parts, cut between lines or words where it can be; together they say all of it. */
export function splitText(text: string, max: number = limits.section): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = cutBefore(rest, max - fence.length);
    const part = rest.slice(0, end).trimEnd();
    const open = isOpenCode(part);
    parts.push(open ? `${part}${fence}` : part);
    rest = `${open ? fence : ''}${rest.slice(end).replace(/^[\n ]/, '')}`;
  }
  return [...parts, rest].filter((part) => part.trim() !== '');
}

const fence = '```';

function cutBefore(text: string, max: number): number {
  const kept = unbroken(text.slice(0, max));
  const at = [kept.lastIndexOf('\n'), kept.lastIndexOf(' ')].find((each) => each > max / 2);
  return at ?? (kept.length > fence.length ? kept.length : max);
}

function isOpenCode(text: string): boolean {
  return (text.split(fence).length - 1) % 2 === 1;
}

/** Drops a half character, entity or mention at the end. */
function unbroken(cut: string): string {
  return cut
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/<[^>]*$/, '');
}

/** The same, with what was cut open closed: a code block, and words of another direction. */
function whole(cut: string): string {
  const kept = unbroken(cut);
  if (isOpenCode(kept)) return `${kept.slice(0, -3).replace(/`+$/, '')}${fence}`;
  return kept.lastIndexOf('\u2068') > kept.lastIndexOf('\u2069') ? `${kept.slice(0, -1)}\u2069` : kept;
}

/** Characters that people read in a block, or in any part of one. */
export function written(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, item) => sum + written(item), 0);
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [key, value]) => sum + (key === 'text' && typeof value === 'string' ? value.length : written(value)),
    0,
  );
}

/** Lines put together into as few texts as hold them, each within a section's limit. */
export function packLines(lines: readonly string[], max: number = limits.section): string[] {
  const packed: string[] = [];
  for (const line of lines.map((each) => clip(each, max))) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= max) packed[packed.length - 1] = `${last}\n${line}`;
    else packed.push(line);
  }
  return packed;
}

/** Blocks in as few messages as Slack takes them in. */
export function splitBlocks(blocks: readonly Block[], max: { blocks: number; written: number }): Block[][] {
  const parts: Block[][] = [[]];
  let size = 0;
  for (const block of blocks) {
    const last = parts.at(-1) ?? [];
    const more = written(block);
    if (last.length > 0 && (last.length >= max.blocks || size + more > max.written)) {
      parts.push([block]);
      size = more;
    } else {
      last.push(block);
      size += more;
    }
  }
  return parts;
}
