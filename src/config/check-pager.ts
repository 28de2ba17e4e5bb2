import Handlebars from 'handlebars';
import { z } from 'zod';
import type { YamlPath, YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import type { Fault } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import { suggestion } from '../domain/nearest.ts';
import type { Check } from './check.ts';

/** What text in `pager.body` may hold. */
const words = ['action', 'key', 'label', 'title', 'severity', 'summary', 'incidentId'];
/** Without these a page could not be told from another, nor its end from its beginning. */
const needed = ['action', 'key'];
const helpers = ['if', 'unless'];

const Thrown = z.object({ message: z.string() });

/** Every text in `pager.body` is a template that renders, and together they say what a pager must know. */
export const brokenPagerBody: Check = ({ pager }, places) => {
  if (pager?.body === undefined) return [];
  const used = new Set<string>();
  const faults = textsOf(pager.body, ['pager', 'body']).flatMap(({ path, text }) =>
    checkText(text, (message) => places.fault(path, message), used),
  );
  if (faults.length > 0) return faults;
  return needed.filter((word) => !used.has(word)).map((word) => missing(word, places));
};

function missing(word: string, places: YamlPlaces): Fault {
  const why = 'without it a page could not be acknowledged or resolved';
  return places.fault(['pager', 'body'], `body never says {{${word}}}: add it, because ${why}`, 'key');
}

function textsOf(value: Json, path: YamlPath): { path: YamlPath; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const inner: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inner.flatMap(([key, each]) => textsOf(each, [...path, key]));
}

function checkText(text: string, fault: (message: string) => Fault, used: Set<string>): Fault[] {
  const faults: Fault[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.PathExpression = ({ original, parts, data, depth }) => {
    if (helpers.includes(original)) return;
    const known = !data && depth === 0 && parts.length === 1 && words.includes(original);
    if (known) used.add(original);
    else faults.push(fault(`there is no value ${original} here: ${suggestion(original, words)}`));
  };
  visitor.PartialStatement = () => void faults.push(fault('a text here cannot include another one'));
  try {
    visitor.accept(Handlebars.parse(text));
    if (faults.length === 0) render(text);
    return faults;
  } catch (error) {
    const said = Thrown.catch({ message: String(error) }).parse(error).message;
    return [fault(`this text does not render: ${said.replace(/\s+/g, ' ')}`)];
  }
}

/** What only rendering shows: a helper that is given what it does not take. */
function render(text: string): void {
  const options = { strict: true, noEscape: true, knownHelpersOnly: true };
  Handlebars.create().compile(text, options)(Object.fromEntries(words.map((word) => [word, word])));
}
