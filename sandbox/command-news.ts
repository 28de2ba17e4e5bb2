import { z } from 'zod';
import { type Command, Mode, purposes } from '../src/domain/command.ts';
import { everyLine } from '../src/slack/presenters/help-lines.ts';

/** A command that the home offers, as far as the page and its player need to know it. */
export const OfferedCommand = z.strictObject({
  name: z.string(),
  title: z.string(),
  purpose: z.enum(purposes),
  scenario: z.string().exactOptional(),
  /** What the commander types; null where nothing is asked. */
  confirm: z.string().nullable(),
  modes: z.array(Mode),
  approvals: z.int().nullable(),
  /** A step of it makes a replica the database. */
  promotes: z.boolean(),
});
export type OfferedCommand = z.infer<typeof OfferedCommand>;

/** Something to say after `/dr`, as the line to type in offers it. */
export const SayableWord = z.strictObject({ usage: z.string(), does: z.string() });
export type SayableWord = z.infer<typeof SayableWord>;

/** What the bot tells its parent once it has read its home. */
export const CommandNews = z.strictObject({ commands: z.array(OfferedCommand), words: z.array(SayableWord) });
export type CommandNews = z.infer<typeof CommandNews>;

export function commandNews(commands: readonly Command[]): CommandNews {
  const offered = commands.map(({ name, title, purpose, scenario, confirm, modes, approvals, steps }) => ({
    name,
    title,
    purpose,
    ...(scenario !== undefined && { scenario }),
    confirm: confirm ?? null,
    modes,
    approvals: approvals ?? null,
    promotes: steps.some(({ uses }) => uses === 'rds.promote-read-replica'),
  }));
  return { commands: offered, words: everyLine(commands).map(({ usage, does }) => ({ usage, does })) };
}
