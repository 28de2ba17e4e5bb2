import { type Block, context } from './blocks.ts';
import { clip, limits, splitBlocks } from './limit.ts';

/** A message: blocks, and a text that says the same by itself. */
export interface Words {
  text: string;
  blocks: Block[];
}

const banner = '🧪 *SIMULATION* · nothing real is read, changed or told.';

/** Within Slack's limits, and marked if it is a simulation. What does not fit is left out, and that is said. */
export function message(text: string, blocks: readonly Block[], simulated: boolean): Words {
  const [first = [], ...rest] = splitBlocks(blocks, { blocks: limits.blocks - 2, written: limits.written - 400 });
  const left = rest.flat().length;
  const note =
    left > 0
      ? [context(`✂️ ${left} more part${left === 1 ? '' : 's'} did not fit; \`/dr status\` shows the newest.`)]
      : [];
  return mark(text, [...first, ...note], simulated);
}

/** As many messages as it takes: the first, then those that go below it. */
export function messages(text: string, blocks: readonly Block[], simulated: boolean): [Words, ...Words[]] {
  const [first = [], ...rest] = splitBlocks(blocks, { blocks: limits.blocks - 1, written: limits.written - 400 });
  const below = rest.map((part, index) =>
    mark(`${clip(text.split('\n')[0] ?? '', 200)} (part ${index + 2} of ${rest.length + 1})`, part, simulated),
  );
  return [mark(text, first, simulated), ...below];
}

function mark(text: string, blocks: Block[], simulated: boolean): Words {
  return simulated
    ? { text: clip(`[SIMULATION] ${text}`, limits.text), blocks: [context(banner), ...blocks] }
    : { text: clip(text, limits.text), blocks };
}
