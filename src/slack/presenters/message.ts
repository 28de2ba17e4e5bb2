import { type Block, context } from './blocks.ts';
import { clip, limits, splitBlocks } from './limit.ts';

/** A message: blocks, and a text that says the same by itself. */
export interface Words {
  text: string;
  blocks: Block[];
}

const banner = '🧪 *SIMULATION* · nothing real is read, changed or told.';

/** Within Slack's limits, and marked if it is a simulation. What does not fit is left out, and that is said. */
export function message(
  text: string,
  blocks: readonly Block[],
  simulated: boolean,
  rest = '`/dr status` shows the newest',
): Words {
  const [first = [], ...more] = splitBlocks(blocks, { blocks: limits.blocks - 2, written: limits.written - 400 });
  const left = more.flat().length;
  const note = left > 0 ? [context(`✂️ ${left} more part${left === 1 ? '' : 's'} did not fit: ${rest}.`)] : [];
  return mark(text, [...first, ...note], simulated);
}

/** As many messages as it takes: the first, then those that go below it, each saying which part it is. */
export function messages(text: string, blocks: readonly Block[], simulated: boolean): [Words, ...Words[]] {
  const [first = [], ...rest] = splitBlocks(blocks, { blocks: limits.blocks - 2, written: limits.written - 400 });
  const all = rest.length + 1;
  const below = rest.map((part, index) => {
    const which = `part ${index + 2} of ${all}`;
    return mark(`${clip(text.split('\n')[0] ?? '', 200)} (${which})`, [context(`🧵 ${which}`), ...part], simulated);
  });
  const goesOn = rest.length > 0 ? [context(`🧵 Part 1 of ${all}: it goes on in the thread.`)] : [];
  return [mark(text, [...first, ...goesOn], simulated), ...below];
}

function mark(text: string, blocks: Block[], simulated: boolean): Words {
  return simulated
    ? { text: clip(`[SIMULATION] ${text}`, limits.text), blocks: [context(banner), ...blocks] }
    : { text: clip(text, limits.text), blocks };
}
