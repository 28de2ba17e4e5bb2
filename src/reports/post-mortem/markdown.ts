/** What Markdown would take for its own, wherever it stands in a line. */
const marks = /[\\`*_[\]<>|~$&!#]/g;
/** Characters that nobody sees and that turn what stands around them. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]|\p{Cc}/gu;

/** What people typed, as one line that shows just as it was typed. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(turning, '')
    .trim()
    .replace(marks, (mark) => `\\${mark}`);
}

/** A table; its cells are Markdown already. Nothing where there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

export function bullets(items: readonly string[]): string[] {
  return items.map((item) => `- ${item}`);
}

/** A heading and what stands below it, with an empty line around each block. */
export function section(title: string, ...blocks: readonly (readonly string[])[]): string[] {
  const filled = blocks.filter((block) => block.length > 0);
  return [`## ${title}`, '', ...filled.flatMap((block) => [...block, ''])];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell || ' ').join(' | ')} |`;
}
