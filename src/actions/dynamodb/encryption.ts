import type { SSESpecification } from '@aws-sdk/client-dynamodb';

/** From another Region a restore has to say how the new table is encrypted: a key of the source cannot be used there. */
export function encryptionOf(
  key: string | undefined,
  from: string,
  to: string,
): { SSESpecificationOverride?: SSESpecification } {
  if (key === undefined && from === to) return {};
  return {
    SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', ...(key === undefined ? {} : { KMSMasterKeyId: key }) },
  };
}

export function sayEncryption(key: string | undefined, from: string, to: string): string {
  return key ?? (from === to ? 'as the source' : `AWS's own key in ${to}`);
}
