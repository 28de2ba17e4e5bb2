import type { z } from 'zod';
import { type Field, fieldOf } from './fields.ts';

export const sizes = ['least', 'example', 'most'] as const;
export type Size = (typeof sizes)[number];

/** Values to try a template with: as little as there can be, as usual, or as much as there can be. */
export function exampleOf(shape: z.ZodRawShape, size: Size): Record<string, unknown> {
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, fieldOf(schema)[size]]));
}

export function fieldsOf(shape: z.ZodRawShape): { key: string; field: Field }[] {
  return Object.entries(shape).map(([key, schema]) => ({ key, field: fieldOf(schema) }));
}
