/** Marks what a run created or changed, so that it is found again after a crash and never taken for somebody else's. */
export const promotedByTag = 'muster:promoted-by';

/** The value of a tag in an SDK tag list. */
export function tagValue(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
  key: string,
): string | undefined {
  return tags?.find((tag) => tag.Key === key)?.Value;
}
