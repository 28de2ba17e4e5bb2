import { memo, useMemo } from 'react';
import type { Text as TextObject } from '../types.ts';
import { mrkdwnOf, plainOf } from './mrkdwn.ts';
import { Painted } from './painted.tsx';

interface TextProps {
  of: TextObject;
}

/** A text object. Plain text keeps its letters; its emoji names are shown as emoji unless it says otherwise. */
export const Text = memo(function Text({ of }: TextProps) {
  if (of.type === 'mrkdwn') return <Mrkdwn text={of.text} />;
  return of.emoji === false ? of.text : <Plain text={of.text} />;
});

export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  const blocks = useMemo(() => [{ type: 'rich_text' as const, elements: mrkdwnOf(text) }], [text]);
  return <Painted blocks={blocks} />;
});

/** Words for a label or a title; only an emoji by its name is more than its letters. */
export const Plain = memo(function Plain({ text }: { text: string }) {
  const blocks = useMemo(() => [{ type: 'rich_text' as const, elements: plainOf(text) }], [text]);
  return /:[a-z0-9_+-]+:/.test(text) ? <Painted blocks={blocks} inline /> : text;
});
