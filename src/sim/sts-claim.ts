/** What a signed request says of itself. */
export interface Claim {
  accessKeyId: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  signedAt: Date;
  /** Only of a presigned address. */
  expiresSeconds: number | null;
}

/** Reads a signature from the Authorization header or from a presigned address; null when there is none. */
export function readClaim(
  authorization: string | undefined,
  query: URLSearchParams,
  date: string | string[] | undefined,
): Claim | null {
  return authorization ? readHeader(authorization, String(date)) : readPresigned(query);
}

function readHeader(authorization: string, date: string): Claim | null {
  const found =
    /^AWS4-HMAC-SHA256 Credential=(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]+)$/.exec(
      authorization,
    )?.groups;
  if (!found) return null;
  return buildClaim(found.scope, found.headers, found.signature, date, null);
}

function readPresigned(query: URLSearchParams): Claim | null {
  const get = (name: string): string | undefined => query.get(`X-Amz-${name}`) ?? undefined;
  const expires = Number(get('Expires'));
  if (get('Algorithm') !== 'AWS4-HMAC-SHA256' || !Number.isInteger(expires)) return null;
  return buildClaim(get('Credential'), get('SignedHeaders'), get('Signature'), get('Date'), expires);
}

function buildClaim(
  scope: string | undefined,
  headers: string | undefined,
  signature: string | undefined,
  date: string | undefined,
  expiresSeconds: number | null,
): Claim | null {
  const [accessKeyId, , region, service, last] = scope?.split('/') ?? [];
  const signedAt = readDate(date);
  if (!accessKeyId || !region || !service || last !== 'aws4_request' || !headers || !signature || !signedAt)
    return null;
  return { accessKeyId, region, service, signedHeaders: headers.split(';'), signature, signedAt, expiresSeconds };
}

function readDate(date: string | undefined): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? '');
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const read = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(read.getTime()) ? null : read;
}

/** The query that was signed: everything but what the signature itself added. */
export function readQuery(query: URLSearchParams): Record<string, string | string[]> {
  const names = new Set(
    [...query.keys()].filter(
      (name) => !/^X-Amz-(Signature|Algorithm|Credential|Date|Expires|SignedHeaders)$/.test(name),
    ),
  );
  return Object.fromEntries(
    [...names].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
