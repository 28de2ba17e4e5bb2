import { z } from 'zod';
import { Instant } from '../../domain/duration.ts';

/** Inputs that many actions share. */

export const region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected an AWS Region such as us-west-2')
  .describe('AWS Region.');

/** A number of things, zero or more. */
export const count = z.int('expected a whole number').min(0, 'expected 0 or more');

/** A name that stands in a sentence or a request: neither empty nor endless. */
export const label = z.string().min(1, 'expected a name').max(255, 'expected at most 255 characters');

export const hostName = z
  .string()
  .max(254, 'expected at most 254 characters')
  .regex(/^(\*\.|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]+\.?$/i, 'expected a DNS name such as api.example.com');

export const instant = Instant;
