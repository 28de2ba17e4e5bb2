import { z } from 'zod';

export const body = 'Action=GetCallerIdentity&Version=2011-06-15';
export const contentType = 'application/x-www-form-urlencoded; charset=utf-8';

/** A GetCallerIdentity request, signed but not sent: whoever sends it learns who signed it, and nothing else. */
export const IdentityProof = z.strictObject({
  body: z.literal(body),
  headers: z.strictObject({
    host: z.string().max(255),
    'content-type': z.literal(contentType),
    'x-amz-date': z.string().regex(/^\d{8}T\d{6}Z$/),
    'x-amz-content-sha256': z.string().max(64).optional(),
    'x-amz-security-token': z.string().max(4096).optional(),
    'x-muster-audience': z.string().max(200),
    'x-muster-nonce': z.string().min(16).max(100),
    authorization: z.string().max(2048),
  }),
});
export type IdentityProof = z.infer<typeof IdentityProof>;
