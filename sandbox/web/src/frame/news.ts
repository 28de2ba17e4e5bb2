import type { Slices } from '../state/slices.ts';
import { type Pane, panes } from './pane.ts';

/** What a pane holds that is worth a look: another text means that there is something new in it. */
type Signs = Record<Pane, string>;

type Watched = 'channels' | 'world' | 'recovery' | 'mail' | 'pager' | 'statuspage' | 'refused';
export type Told = { [Name in Watched]?: Slices[Name] | undefined };

/** What was last looked at, pane by pane, and in which channel. */
export interface Seen {
  channel: string | null;
  signs: Signs;
}

function signsOf(told: Told, here: string | null): Signs {
  const { channels = [], world, recovery, mail, pager, statuspage, refused = [] } = told;
  const lasts = (inside: boolean) =>
    channels.filter(({ id }) => (id === here) === inside).map(({ id, last }) => `${id}:${last ?? ''}`);
  const run = recovery?.run?.run;
  const posted = statuspage?.incidents.map(({ incident_updates: updates }) => updates.length);
  const dark = world?.regions.filter((region) => region.dark).map(({ region }) => region);
  const served = world?.traffic.map(({ region }) => region);
  return {
    channels: JSON.stringify(lasts(false)),
    talk: JSON.stringify(lasts(true)),
    world: JSON.stringify([dark, served, run?.id, run?.status, run?.outcome, mail?.count, pager?.count, posted]),
    trouble: JSON.stringify([refused[0]?.at, refused.length]),
  };
}

/** Takes in what there is now. The same object as before when nothing that is looked at has changed. */
export function look(seen: Seen | null, told: Told, shown: Pane, channel: string | null): Seen {
  const now = signsOf(told, channel);
  if (seen === null) return { channel, signs: now };
  // What another channel holds is no news of this one.
  const moved = seen.channel !== channel ? { talk: now.talk, channels: now.channels } : {};
  const signs = { ...seen.signs, ...moved, [shown]: now[shown] };
  const same = seen.channel === channel && panes.every((pane) => signs[pane] === seen.signs[pane]);
  return same ? seen : { channel, signs };
}

/** Panes in which something is new since they were last looked at. */
export function freshPanes({ channel, signs }: Seen, told: Told): Pane[] {
  const now = signsOf(told, channel);
  return panes.filter((pane) => signs[pane] !== now[pane]);
}
