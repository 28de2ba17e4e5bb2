import Handlebars from 'handlebars';
import type { Json, JsonObject } from '../domain/json.ts';
import type { PagerEvent } from '../domain/notice.ts';

type Render = (event: PagerEvent) => Json;

/** What is posted for an event: as `pager.body` of muster.yml has it, else its plain fields. */
export function pageBody(template: JsonObject | undefined): (event: PagerEvent) => JsonObject {
  if (template === undefined) {
    return ({ action, key, label, title, severity, summary }) => ({ action, key, label, title, severity, summary });
  }
  const fields = Object.entries(template).map(([name, value]) => [name, renderer(value)] as const);
  return (event) => Object.fromEntries(fields.map(([name, render]) => [name, render(event)]));
}

/** Values are escaped by JSON alone. */
function renderer(value: Json): Render {
  if (typeof value === 'string') {
    return Handlebars.create().compile(value, { strict: true, noEscape: true, knownHelpersOnly: true });
  }
  if (Array.isArray(value)) {
    const items = value.map(renderer);
    return (event) => items.map((render) => render(event));
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, inner]) => [name, renderer(inner)] as const);
    return (event) => Object.fromEntries(fields.map(([name, render]) => [name, render(event)]));
  }
  return () => value;
}
