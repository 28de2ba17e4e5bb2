import type { Kind } from '../cel/check-expression.ts';
import type { JsonSchema } from '../yaml/known-words.ts';

const names: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

const accepted: Record<Exclude<Kind, 'dyn'>, readonly string[]> = {
  string: ['string'],
  int: ['integer', 'number'],
  double: ['number'],
  bool: ['boolean'],
  list: ['array'],
  map: ['object'],
  null: ['null'],
};

/** Why a value of this kind cannot go where these forms are taken, or undefined. */
export function kindFault(kind: Kind, forms: readonly JsonSchema[]): string | undefined {
  const types = forms.map(typeOf);
  if (kind === 'dyn' || types.length === 0 || types.includes(undefined)) return undefined;
  if (types.some((type) => type !== undefined && accepted[kind].includes(type))) return undefined;
  const wanted = [...new Set(types)].map((type) => names[type ?? ''] ?? type).join(' or ');
  const hint = kind === 'double' && types.includes('integer') ? ': make it whole with int(…)' : '';
  return `wants ${wanted}, and the expression gives ${kind === 'double' ? 'one that may have a fraction' : (names[accepted[kind][0] ?? ''] ?? kind)}${hint}`;
}

function typeOf(form: JsonSchema): string | undefined {
  if (typeof form.type === 'string') return form.type;
  const known = form.const ?? form.enum?.[0];
  return known === undefined ? undefined : typeof known;
}
