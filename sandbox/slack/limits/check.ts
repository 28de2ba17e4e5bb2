import type { z } from 'zod';

/** Slack's sentences about what is wrong, each with the place: `must be less than 76 characters [json-pointer:/…]`. */
export function faultsOf(schema: z.ZodType, value: unknown, root: string): string[] {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => describe(issue, root));
}

function describe(issue: z.core.$ZodIssue, root: string): string[] {
  const place = pointer(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `[ERROR] invalid additional property: ${key} ${place}`);
  }
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return [`[ERROR] unsupported type: ${textAt(issue.input, 'type') ?? 'none'} ${place}`];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [`[ERROR] missing required field: ${String(issue.path.at(-1) ?? '')} ${place}`];
  }
  return [`[ERROR] ${issue.message} ${place}`];
}

export function pointer(root: string, path: readonly PropertyKey[]): string {
  return `[json-pointer:${[root, ...path.map(String)].join('/')}]`;
}

/** Ids that must name one thing each: blocks in their surface, actions in their block. */
export function repeatedIds(blocks: readonly unknown[], root: string): string[] {
  const faults = repeats(blocks.map((block) => textAt(block, 'block_id'))).map(
    (id) => `[ERROR] block_id "${id}" already exists ${pointer(root, [])}`,
  );
  for (const [index, block] of blocks.entries()) {
    const elements = record(block).elements;
    const ids = Array.isArray(elements) ? elements.map((element) => textAt(element, 'action_id')) : [];
    for (const id of repeats(ids)) {
      faults.push(`[ERROR] \`action_id\` "${id}" already exists for block ${pointer(root, [index, 'elements'])}`);
    }
  }
  return faults;
}

function repeats(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id, at) => id !== undefined && ids.indexOf(id) !== at))].map(String);
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textAt(value: unknown, key: string): string | undefined {
  const found = record(value)[key];
  return typeof found === 'string' ? found : undefined;
}

/** All the text that people would read in these blocks. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + countText(one), 0);
  return Object.entries(record(value)).reduce((sum, [key, inner]) => {
    return sum + (key === 'text' && typeof inner === 'string' ? inner.length : countText(inner));
  }, 0);
}
