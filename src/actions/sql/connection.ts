import { z } from 'zod';

export const connection = z
  .string()
  .regex(/^[A-Za-z][\w-]*[:.][\w.:/[\]-]+$/, 'expected a reference such as env:ORDERS_DB_URL')
  .refine((text) => !text.includes('://'), 'expected a reference such as env:ORDERS_DB_URL, never the address itself')
  .describe('Reference to the connection: its secret is resolved when it is used.');

/** Of RDS alone: credentials are sent to it. */
export const databaseHost = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+\.rds\.amazonaws\.com$/,
    'expected the host of an RDS instance, such as orders-restored-3k9x.c1a2b3.us-east-1.rds.amazonaws.com',
  )
  .describe("Host of an RDS instance to ask instead, with the connection's credentials: a restored copy.");
