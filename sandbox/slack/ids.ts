import { record } from './limits/check.ts';
import type { Block, Workspace } from './workspace.ts';

const still = new Set(['image', 'plain_text', 'mrkdwn']);

/** Blocks as they are kept: each block, and each element that people use, has an id. */
export function withIds(workspace: Workspace, blocks: readonly unknown[]): Block[] {
  const name = (element: unknown) => {
    const named = record(element);
    return still.has(String(named.type)) || named.type === undefined || named.action_id !== undefined
      ? element
      : { ...named, action_id: workspace.nextId('a') };
  };
  return blocks.map((given) => {
    const block = structuredClone(given) as Block;
    block.block_id ??= workspace.nextId('b');
    for (const key of ['element', 'accessory']) if (block[key] !== undefined) block[key] = name(block[key]);
    if (block.type === 'actions') block.elements = elementsOf(block).map(name);
    return block;
  });
}

/** What people can use in a block: its buttons, menus and fields. */
export function elementsOf(block: Block): Record<string, unknown>[] {
  const list = block.type === 'actions' ? block.elements : [block.element, block.accessory];
  return (Array.isArray(list) ? list : []).filter((one) => one !== undefined).map(record);
}
