import { z } from 'zod';

/** A value that survives JSON: what plans, audit rows and workflow inputs are made of. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const Json: z.ZodType<Json> = z.json();

export type JsonObject = { [key: string]: Json };
