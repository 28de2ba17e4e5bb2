import type { PlannedStep } from '../../domain/plan.ts';

type Titled = Pick<PlannedStep, 'id' | 'title'>;

/** What was written down for the response, for those outside it: they know steps by their titles, not by their ids. */
export function byTitle(text: string, steps: readonly Titled[]): string {
  return steps.reduce(nameStep, text);
}

/** What became of a step of any run, by the title that it had there: the same id may be another's by now. */
export function byOwnTitle(text: string, steps: readonly Titled[]): string {
  const [, asked] = /^(\S+) asks people: /u.exec(text) ?? [];
  if (asked !== undefined) return `People were asked: “${steps.find(({ id }) => id === asked)?.title ?? asked}”`;
  const own = text.replace(/^\S+ \((.+?)\) (?=(?:was|failed|ended|did) )/u, '“$1” ');
  return own === text ? byTitle(text, steps) : own;
}

/** An id stands first, with its title behind it or without, or behind the word for what became of the step. */
function nameStep(text: string, { id, title }: Titled): string {
  const named = `“${title}”`;
  const first = [`${id} (${title}) `, `${id} `].find((beginning) => text.startsWith(beginning));
  const begun = first === undefined ? text : `${named} ${text.slice(first.length)}`;
  return ['skipping', 'deferring', 'going on with'].reduce(
    (sentence, word) =>
      sentence.replaceAll(`${word} ${id} `, `${word} ${named} `).replaceAll(`${word} ${id},`, `${word} ${named},`),
    begun.replaceAll(` (${id})`, ''),
  );
}
