import type { Role } from '../../../../src/domain/home.ts';
import type { TerminalSlice } from '../../../api/terminal.ts';
import type { BotState } from '../../../bot-process.ts';
import type { OfferedCommand, SayableWord } from '../../../command-news.ts';
import type { PlayState } from '../../../play/plays.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';
import type { MessageShortcut } from '../../../slack/workspace.ts';
import type { Mailbox, Pager } from '../mail/arrived.ts';
import type { StatusPage } from '../public/page.ts';
import type { View } from '../talk/types.ts';
import type { FarEndFaults, Refusal } from '../trouble/types.ts';
import type { World } from '../world/facts.ts';

/** What the server says, slice by slice: each comes again when it has changed. */
export interface Slices {
  clock: { now: string; scale: number };
  system: {
    title: string;
    regions: { primary: string; recovery: string };
    /** The slash command: `/dr`. */
    command: string;
    /** What the home offers after it; null until the bot has read it. */
    commands: OfferedCommand[] | null;
    /** The most important first. */
    services: string[];
    /** Of what plays by itself; null where nothing does. */
    playing: PlayState | null;
  };
  /** Absent where the sandbox runs none. */
  bot: BotState;
  /** As the bot last told it: while `bot.state` is not `up`, it is what was last known. Absent until it has told; null: no incident. */
  recovery: RecoveryNews | null;
  people: Person[];
  channels: Channel[];
  /** Open modals, and App Homes. */
  views: View[];
  /** In the menu of a message. */
  shortcuts: MessageShortcut[];
  words: SayableWord[];
  mail: Mailbox;
  pager: Pager;
  /** What the far ends said no to, newest first. */
  refused: Refusal[];
  /** How the far ends around Muster misbehave now. */
  faults: FarEndFaults;
  statuspage: StatusPage;
  terminal: TerminalSlice;
  world: World;
}

export interface Person {
  id: string;
  name: string;
  real_name: string;
  is_bot: boolean;
  /** Nothing that plays by itself acts as them. */
  asleep: boolean;
  roles: Role[];
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'direct';
  is_archived: boolean;
  members: string[];
  topic: string;
  /** `ts` of what is pinned, in the order in which it was. */
  pins: string[];
  /** Of its newest message. */
  last: string | null;
}
