import { catalogue } from '../src/actions/catalogue.ts';
import { renderActionsPage } from '../src/actions/docs.ts';
import { renderTemplatesPage } from '../src/broadcast/templates/docs.ts';
import { commandSchema, homeSchema } from '../src/commands/json-schemas.ts';
import { renderCheckPage } from '../src/commands/rules/page.ts';
import { jsonSchemaOf } from '../src/commands/yaml/known-words.ts';
import { Estate } from '../src/sim/world/estate.ts';
import { renderReadme } from './plan-coverage.ts';

/** Every file that is made from code, by its path; a test compares each with what is in the repository. */
export const generated: Record<string, () => string> = {
  'docs/actions.md': () => renderActionsPage(catalogue),
  'docs/check.md': renderCheckPage,
  'docs/templates.md': renderTemplatesPage,
  'examples/contractorlens/README.md': () => renderReadme('contractorlens'),
  'examples/flight-data/README.md': () => renderReadme('flight-data'),
  'schema/cloud.json': () => json({ ...jsonSchemaOf(Estate), title: 'The simulated cloud that a home brings' }),
  'schema/command.json': () => json(commandSchema()),
  'schema/muster.json': () => json(homeSchema()),
};

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
