import { runProgram } from '../../test/support/program.ts';

export interface Sending {
  url: string;
  signingSecret: string;
  /** Where the listener answers each person. */
  responseUrl: string;
  /** What is typed after `/dr`, in turns. */
  texts: string[];
  /** Sent before, and not measured. */
  warmUp: number;
  commands: number;
  atATime: number;
  /** Sent at this steady pace, in milliseconds, instead of the next once one is answered. */
  everyMs?: number;
}

/** Signed commands from a process of its own; how long each took to be acknowledged, in milliseconds. */
export async function sendCommands(sending: Sending): Promise<number[]> {
  const program = runProgram(new URL('./load.ts', import.meta.url), sending);
  const took = JSON.parse((await program.line('took')).slice('took '.length)) as number[];
  await program.ended;
  return took;
}
