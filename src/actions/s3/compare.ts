import type { Listed, Listing } from './listing.ts';

export interface Difference {
  missing: Listed[];
  /** There, with other contents than here. */
  differing: Listed[];
}

/** What of `from` is not in `to` as it is here, in the order of keys. What is only there is left alone. */
export function compareListings(from: Listing, to: Listing): Difference {
  const there = new Map(to.objects.map((object) => [object.key, object]));
  const missing = from.objects.filter(({ key }) => !there.has(key));
  const differing = from.objects.filter((object) => {
    const other = there.get(object.key);
    return other !== undefined && !isSame(object, other);
  });
  return { missing, differing };
}

/**
 * An ETag is the contents' MD5 unless the object came in parts. Where one did, equal size and a later date stand for
 * a copy; their checksums are compared when all is copied.
 */
function isSame(here: Listed, there: Listed): boolean {
  if (here.size !== there.size) return false;
  return here.etag === there.etag || (needsChecksum(here, there) && there.at >= here.at);
}

export function needsChecksum(here: Listed, there: Listed): boolean {
  return here.etag !== there.etag && (inParts(here) || inParts(there));
}

function inParts({ etag }: Listed): boolean {
  return /-\d+"?$/.test(etag);
}
