import type { Home } from '../../domain/home.ts';
import { personBySlack } from '../../domain/identity.ts';
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

const slackId = /\b[UW](?=[A-Z]*\d)[A-Z0-9]{7,20}\b/g;

/** Members that Slack alone knows by name; what goes out may be read where Slack names nobody. */
export function byName(text: string, home: Home): string {
  return text.replace(slackId, (id) => {
    const { name } = personBySlack(home, id);
    return name === id ? 'a colleague' : name;
  });
}
