import { z } from 'zod';
import { messageBlock, viewBlock } from './limits/blocks.ts';
import { countText, faultsOf, record, repeatedIds } from './limits/check.ts';
import { chars, items, plainText } from './limits/text.ts';

/** What Slack says no with: its error, and sentences that say which limit. */
export interface Refusal {
  error: string;
  messages: string[];
}

/** Slack refuses somewhere between 11,300 and 13,200 characters of block text; the strict end is taken here. */
const blockTextLimit = 11_300;
const metadataLimit = 8_000;
const viewLimit = 250_000;

const messageBlocks = items(messageBlock, 50, 0);

export function checkMessageBlocks(blocks: unknown): Refusal | undefined {
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks_format', messages: [] };
  const messages = [...faultsOf(messageBlocks, blocks, '/blocks'), ...repeatedIds(blocks, '/blocks')];
  const tables = blocks.filter((block) => record(block).type === 'table').length;
  if (tables > 1) messages.push('[ERROR] only one table is allowed per message [json-pointer:/blocks]');
  if (messages.length > 0) return { error: 'invalid_blocks', messages };
  if (countText(blocks) > blockTextLimit) {
    return { error: 'msg_blocks_too_long', messages: [`[ERROR] block text must be less than ${blockTextLimit + 1}`] };
  }
  return undefined;
}

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const flat = z.union([scalar, z.array(scalar)]);
const metadata = z.strictObject({
  event_type: chars(255),
  event_payload: z.record(z.string(), z.union([flat, z.record(z.string(), flat)])),
});

export function checkMetadata(value: unknown): Refusal | undefined {
  const messages = faultsOf(metadata, value, '/metadata');
  if (messages.length > 0) return { error: 'invalid_metadata_format', messages };
  return JSON.stringify(value).length > metadataLimit ? { error: 'metadata_too_large', messages: [] } : undefined;
}

const shared = {
  private_metadata: z.string().max(3000, 'must be less than 3001 characters').optional(),
  callback_id: z.string().max(255, 'must be less than 256 characters').optional(),
  external_id: z.string().max(255, 'must be less than 256 characters').optional(),
  blocks: items(viewBlock, 100),
};

const home = z.strictObject({ type: z.literal('home'), ...shared });
const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...shared,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine((view, context) => {
    const asks = view.blocks.some((block) => block.type === 'input');
    if (asks && view.submit === undefined) {
      context.addIssue({ code: 'custom', message: 'missing required field: submit', path: ['submit'] });
    }
    if (view.blocks.filter(takesFocus).length > 1) {
      context.addIssue({ code: 'custom', message: 'only one element may have focus_on_load', path: ['blocks'] });
    }
  });

const surfaces = { home, modal };

export function checkView(view: unknown, type: keyof typeof surfaces): Refusal | undefined {
  if (JSON.stringify(view).length > viewLimit) return { error: 'view_too_large', messages: [] };
  const blocks = record(view).blocks;
  const repeated = Array.isArray(blocks) ? repeatedIds(blocks, '/view/blocks') : [];
  const messages = [...faultsOf(surfaces[type], view, '/view'), ...repeated];
  return messages.length > 0 ? { error: 'invalid_arguments', messages } : undefined;
}

function takesFocus(block: unknown): boolean {
  return record(record(block).element).focus_on_load === true;
}
