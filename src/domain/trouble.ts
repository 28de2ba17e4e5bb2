/** Why a far end gave no value. */
export const causes = [
  'not-found',
  'credentials',
  'denied',
  'throttled',
  'timed-out',
  'unreachable',
  'refused',
  'failed',
] as const;
export type Cause = (typeof causes)[number];

/** What came of asking a far end, where something was needed: thrown with the sentence that people read. */
export class FarEndTrouble extends Error {
  override readonly name = 'FarEndTrouble';
  readonly why: Cause;
  constructor(sentence: string, why: Cause) {
    super(sentence);
    this.why = why;
  }
}

export function causeOf(error: unknown): Cause | undefined {
  return error instanceof FarEndTrouble ? error.why : undefined;
}

/** A step that stopped short, as people are told of it. */
export interface Trouble {
  /** `rds:dr-database in us-west-2`. */
  thing: string;
  expected: string;
  found: string;
  /** What to do about it while its run waits; null where nobody has to. */
  next: string | null;
}

const nextBegins = '. Next: ';

export function sayTrouble({ thing, expected, found, next }: Trouble): string {
  const said = `${thing}: expected ${withoutStop(expected)}. Found: ${withoutStop(found)}`;
  return next === null ? said : `${said}${nextBegins}${next}`;
}

/** What was found alone, for when the run waits for nobody any more and for those who do not run it. */
export function withoutNext(note: string): string {
  const at = note.lastIndexOf(nextBegins);
  return at < 0 ? note : note.slice(0, at);
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
