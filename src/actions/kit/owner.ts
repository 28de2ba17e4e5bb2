/** Marks what a run created or changed, so that it is found again after a crash and never taken for somebody else's. */
export const promotedByTag = 'muster:promoted-by';
/** Says what a database was called before it was given the name that it has. */
export const renamedFromTag = 'muster:renamed-from';
/** Says that a database was cut off, and by which step; `none` once it was let back. */
export const fencedByTag = 'muster:fenced-by';

const runTag = 'muster:run';
export const stepTag = 'muster:step';

interface Tag {
  Key: string;
  Value: string;
}

/** The tags of what a step creates: its run, and the step itself. `owner` is `run_3k9x/promote`. */
export function ownerTags(owner: string): Tag[] {
  return [
    { Key: runTag, Value: runOf(owner) },
    { Key: stepTag, Value: owner },
  ];
}

type Tags = readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;

/** Whether the tags say that this step created it. */
export function isMadeByStep(tags: Tags, owner: string): boolean {
  return tagValue(tags, stepTag) === owner;
}

/** Whether the tags say that a step of the same run created it. */
export function isMadeByRun(tags: Tags, owner: string): boolean {
  return tagValue(tags, runTag) === runOf(owner);
}

/**
 * The name of what a run creates beside `source`: the same however often the step is sent, and another for each run.
 * `contractorlens-db` and `restored` give `contractorlens-db-restored-3k9x`. Cut to `longest` characters at its source.
 */
export function nameFor(owner: string, source: string, what: string, longest = 63): string {
  const ending = `-${what}-${runOf(owner).replace(/^run_/, '')}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  return `${source.slice(0, longest - ending.length).replace(/-+$/, '')}${ending}`;
}

/** The value of a tag in an SDK tag list. */
export function tagValue(tags: Tags, key: string): string | undefined {
  return tags?.find((tag) => tag.Key === key)?.Value;
}

function runOf(owner: string): string {
  return owner.split('/')[0] ?? owner;
}
