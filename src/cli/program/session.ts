import type { JsonObject } from '../../domain/json.ts';
import { type Exit, exit } from '../exit.ts';
import { jsonLine, value } from '../present/text.ts';
import type { Door, Terminal } from '../terminal.ts';

/** One use of the terminal: what it prints to, and the exit code that it comes to. */
export interface Session {
  terminal: Terminal;
  openDoor(): Promise<Door>;
  json: () => boolean;
  end(code: Exit): void;
}

/** Opens a door for as long as `work` takes. */
export async function throughDoor(session: Session, work: (door: Door) => Promise<Exit>): Promise<void> {
  const door = await session.openDoor();
  try {
    session.end(await work(door));
  } finally {
    await door.close();
  }
}

/** One word, its answer printed: as JSON, or as `present` puts it. */
export async function say(
  session: Session,
  word: string,
  args: JsonObject,
  present: (answer: JsonObject) => string,
): Promise<void> {
  await throughDoor(session, async (door) => {
    const answer = await door.call(word, args);
    session.terminal.print(session.json() ? jsonLine(answer) : present(answer));
    return exit.done;
  });
}

/** The sentence with which steering answers. */
export function said(answer: JsonObject): string {
  return value(answer.said);
}
