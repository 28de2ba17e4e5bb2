import type { PlannedStep } from '../../domain/plan.ts';

type Titled = Pick<PlannedStep, 'id' | 'title'>;

/** What was written down for the response, for those outside it: they know steps by their titles, not by their ids. */
export function byTitle(text: string, steps: readonly Titled[]): string {
  return steps.reduce(nameStep, text);
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
