/** What programs are given of Muster's own surroundings. */
export interface Surroundings {
  homeDir: string;
  /** A variable of Muster's environment; undefined where it is not set. */
  variable: (name: string) => string | undefined;
  /** Real time that never goes back, in milliseconds since some moment. */
  elapsedMs: () => number;
  /** Ends whatever runs. */
  stop: AbortSignal;
}

const always = ['PATH', 'HOME', 'LANG'];

/** The environment of a program: what it is allowed, and no more. `secrets` are values that nobody may read. */
export function environmentOf(
  { variable }: Pick<Surroundings, 'variable'>,
  allowed: readonly string[],
): { env: Record<string, string>; secrets: string[] } {
  const given = (names: readonly string[]): [string, string][] =>
    names.flatMap((name) => {
      const value = variable(name);
      return value === undefined ? [] : [[name, value]];
    });
  const own = given(allowed);
  return { env: Object.fromEntries([...given(always), ...own]), secrets: own.map(([, value]) => value) };
}
