import { personBySlack } from '../../domain/identity.ts';
import type { Person } from '../../domain/person.ts';
import type { Edge } from '../edge.ts';
import type { Origin } from '../values.ts';

/** One thing a person did in Slack, and the ways to answer it. */
export interface Turn extends Origin {
  by: Person;
  user: string;
  /** Opens one modal within three seconds. */
  trigger: string | null;
  /** Throws `TakenBefore` unless this request is new to the store: asked just before anything is done. */
  fresh(): Promise<void>;
}

/** The request was taken before, by this process or another: nothing is done and nothing is said. */
export class TakenBefore extends Error {
  override readonly name = 'TakenBefore';
}

export function createTurn(
  edge: Edge,
  of: Origin & { user: string; trigger: string | null; requestKey: unknown },
): Turn {
  const key = typeof of.requestKey === 'string' ? of.requestKey : '';
  let asked: Promise<void> | null = null;
  const ask = async (): Promise<void> => {
    if (key !== '' && (await edge.seen(key))) throw new TakenBefore('taken before');
  };
  return {
    by: personBySlack(edge.home, of.user),
    user: of.user,
    trigger: of.trigger,
    channel: of.channel,
    respondTo: of.respondTo,
    fresh: () => {
      asked ??= ask();
      return asked;
    },
  };
}
