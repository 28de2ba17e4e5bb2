import { useState } from 'react';
import { useMine } from '../state/mine.ts';
import { useSlice } from '../state/stream.ts';
import { freshPanes, look, type Seen, type Told } from './news.ts';
import type { Pane } from './pane.ts';
import { usePane } from './panes.ts';

/** Which panes hold something that this tab has not looked at. */
export function useNews(): Pane[] {
  const pane = usePane();
  const { channel } = useMine();
  const [seen, setSeen] = useState<Seen | null>(null);
  const told: Told = {
    channels: useSlice('channels'),
    world: useSlice('world'),
    recovery: useSlice('recovery'),
    mail: useSlice('mail'),
    pager: useSlice('pager'),
    statuspage: useSlice('statuspage'),
    refused: useSlice('refused'),
  };
  if (told.channels === undefined) return [];
  const next = look(seen, told, pane, channel);
  if (next !== seen) setSeen(next);
  return freshPanes(next, told);
}
