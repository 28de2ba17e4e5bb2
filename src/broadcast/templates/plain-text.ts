/** Control characters, and marks that turn the direction of what stands around them. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export function oneLine(value: string): string {
  return value.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
}

/** Line breaks and spaces are kept; what is not seen is not. */
export function splitLines(value: string): string[] {
  return value.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replace(unseen, ' '));
}

/** Line breaks are kept, and at most one empty line between two others. */
export function linesOf(value: string): string[] {
  const text = splitLines(value)
    .map(oneLine)
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
  return text === '' ? [] : text.split('\n');
}

/** Right-to-left words inside a sentence, so that they turn nothing around them. */
export function isolate(value: string): string {
  return rightToLeft.test(value) ? `\u2068${value}\u2069` : value;
}

/** Whole words that fit into `most` characters, and `…` where some do not. */
export function clip(value: string, most: number): string {
  if (value.length <= most) return value;
  const cut = value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  const words = cut.replace(/\s+\S*$/, '');
  return `${(words.length > most / 2 ? words : cut).trimEnd()}…`;
}
