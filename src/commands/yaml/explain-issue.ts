import type { Json } from '../../domain/json.ts';
import { suggestion } from '../../domain/nearest.ts';
import type { Issue } from './explain-issues.ts';

/** The rest of a sentence that begins with the field's name: what was expected, and what was found. */
export function explainIssue(issue: Issue, found: Json | undefined): string {
  if (found === undefined && issue.code !== 'invalid_key' && issue.code !== 'custom') return `is missing: ${expected(issue)}`;
  switch (issue.code) {
    case 'invalid_type': {
      const quotes = issue.expected === 'string' && isPlainScalar(found) ? ': put it in quotes' : '';
      return `${expected(issue)}, found ${show(found)}${quotes}`;
    }
    case 'invalid_value':
      return `${expected(issue)}, found ${show(found)}${near(found, issue.values.map(String))}`;
    case 'invalid_union':
      return `${expected(issue)}${isScalar(found) ? `, found ${show(found)}` : ''}`;
    case 'invalid_key':
      return `cannot be a key here: ${issue.issues[0]?.message ?? issue.message}`;
    case 'custom':
      return issue.message;
    default:
      return `${expected(issue)}, found ${show(found)}`;
  }
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `expected ${String(issue.values[0])}` : `expected one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return unionExpected(issue);
    case 'too_big':
    case 'too_small':
      return sizeExpected(issue);
    case 'invalid_format':
      return issue.message.startsWith('expected') ? issue.message : `expected ${formatNames[issue.format] ?? issue.format}`;
    default:
      return issue.message;
  }
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
export function show(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = String(value);
  return text === '' ? 'an empty text' : text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function isScalar(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

function isPlainScalar(value: Json | undefined): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
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
