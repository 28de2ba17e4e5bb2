import type { ShownBlock } from '../../../slack/limits/blocks.ts';
import type { Message as SentMessage } from '../../../slack/workspace.ts';

/** What Slack shows, as the simulated one let it through. */

export type Block = ShownBlock;
export type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;
export type Message = Omit<SentMessage, 'metadata' | 'blocks'> & { blocks: Block[] };

type Placed = BlockOf<'actions'>['elements'][number] | BlockOf<'input'>['element'];
/** Whatever people use: each has an id by the time it is shown. */
export type Control = (Placed | NonNullable<BlockOf<'section'>['accessory']>) & { action_id?: string | undefined };
export type ControlOf<Type extends Control['type']> = Extract<Control, { type: Type }>;
/** Whatever holds a value: all but buttons, menus of actions and pictures. */
export type FieldElement = Exclude<Control, { type: 'button' | 'overflow' | 'image' }>;
export type Confirm = NonNullable<ControlOf<'button'>['confirm']>;
export type Text = NonNullable<BlockOf<'section'>['text']>;
export type Option = ControlOf<'checkboxes'>['options'][number];

/** What a person put into a field; null empties it. */
export type Entered = string | number | string[] | null;
/** By `block_id.action_id`. */
export type Values = Readonly<Record<string, Entered>>;

export interface View {
  id: string;
  user: string;
  previous: string | null;
  body: {
    type: 'modal' | 'home';
    blocks: Block[];
    title?: Text;
    submit?: Text;
    close?: Text;
    submit_disabled?: boolean;
  };
  /** What the person last heard about this view that the app did not say. */
  trouble: string | null;
  hash: string;
}
