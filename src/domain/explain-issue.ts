import type { z } from 'zod';
import type { Json } from './json.ts';
import { suggestion } from './nearest.ts';

export type Issue = z.core.$ZodIssue;

/** One sentence: the field, what was expected there, and what was found. */
export function explainIssue(name: string, issue: Issue, found: Json | undefined): string {
  if (issue.code === 'invalid_key') return `${name} cannot be a key here: ${issue.issues[0]?.message ?? issue.message}`;
  if (issue.code === 'custom') return `${name}: ${issue.message}`;
  if (found === undefined) return `${name} is missing: ${expected(issue)}`;
  const sentence = `${name}: ${expected(issue)}`;
  if (issue.code === 'invalid_type') return `${sentence}, found ${show(found)}${quoteHint(issue.expected, found)}`;
  if (issue.code === 'invalid_value')
    return `${sentence}, found ${show(found)}${near(found, issue.values.map(String))}`;
  if (issue.code === 'invalid_union' && !isScalar(found)) return sentence;
  const isSize = issue.code === 'too_big' || issue.code === 'too_small';
  return `${sentence}, found ${isSize ? showSize(found) : show(found)}`;
}

function quoteHint(wanted: string, found: Json): string {
  if (wanted === 'string' && (typeof found === 'number' || typeof found === 'boolean')) return ': put it in quotes';
  const plain = typeof found === 'string' && /^(-?\d+(\.\d+)?|true|false)$/.test(found);
  return plain && wanted !== 'array' && wanted !== 'object' ? ': take the quotes away' : '';
}

function showSize(found: Json): string {
  if (Array.isArray(found)) return String(found.length);
  return typeof found === 'string' && found.length > 40 ? `${found.length} characters` : show(found);
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return `expected ${kindNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return issue.values.length === 1 ? `expected ${values}` : `expected one of ${values}`;
  }
  if (issue.code === 'invalid_union') return unionExpected(issue);
  if (issue.code === 'too_big' || issue.code === 'too_small') return sizeExpected(issue);
  if (issue.code !== 'invalid_format' || issue.message.startsWith('expected')) return issue.message;
  return `expected ${formatNames[issue.format] ?? issue.format}`;
}

function unionExpected(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const options = 'options' in issue ? issue.options : undefined;
  if (Array.isArray(options)) return `expected one of ${options.join(', ')}`;
  const choices = issue.errors.map((errors) => errors[0]).filter((error) => error !== undefined);
  const words = [...new Set(choices.map((choice) => expected(choice).replace(/^expected (one of )?/, '')))];
  return words.length > 0 ? `expected ${words.join(' or ')}` : issue.message;
}

function sizeExpected(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): string {
  const [limit, bound] =
    issue.code === 'too_big' ? (['at most', issue.maximum] as const) : (['at least', issue.minimum] as const);
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' of them' : '';
  return `expected ${limit} ${bound}${unit}`;
}

function near(found: Json | undefined, known: string[]): string {
  if (typeof found !== 'string') return '';
  const hint = suggestion(found, known);
  return hint.startsWith('did') ? `: ${hint}` : '';
}

/** A value as it is shown in a sentence: short, and only where it is a scalar. */
function show(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (typeof value !== 'string') return String(value);
  return value === '' ? 'an empty text' : `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
}

function isScalar(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

const kindNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

const formatNames: Record<string, string> = {
  email: 'an e-mail address',
  url: 'an address such as https://api.example.com/health',
  datetime: 'an instant with an offset or Z',
};
