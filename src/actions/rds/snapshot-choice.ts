import type { DBSnapshot } from '@aws-sdk/client-rds';
import { dataUntil, snapshotStatus } from './snapshots.ts';

export const kinds = ['any', 'automated', 'manual', 'copied'] as const;
type Kind = (typeof kinds)[number];

interface Sought {
  region: string;
  instance: string;
  prefix?: string | undefined;
  kind: Kind;
}

/** A snapshot that can be restored from. */
export interface Candidate {
  id: string;
  arn: string;
  /** When the newest of its data was written. */
  until: Date;
}

/** The one with the newest data: neither the order of the answer nor the time of a copy says which that is. */
export function newestOf(sought: Sought, snapshots: readonly DBSnapshot[]): Candidate | undefined {
  return snapshots
    .filter((snapshot) => snapshotStatus(snapshot) === 'available' && isSought(sought, snapshot))
    .flatMap((snapshot) => {
      const { DBSnapshotIdentifier: id = '', DBSnapshotArn: arn = '' } = snapshot;
      const until = dataUntil(snapshot);
      return until ? [{ id, arn, until }] : [];
    })
    .sort((a, b) => b.until.getTime() - a.until.getTime())[0];
}

export function saySought({ region, instance, prefix, kind }: Sought): string {
  const which = kind === 'any' ? 'available snapshot' : `available ${kind} snapshot`;
  return `${which} of ${instance} in ${region}${prefix === undefined ? '' : ` whose name begins with ${prefix}`}`;
}

function isSought({ instance, prefix = '', kind }: Sought, snapshot: DBSnapshot): boolean {
  const name = snapshot.DBSnapshotIdentifier?.replace(/^rds:/, '') ?? '';
  const isOfKind = kind === 'any' || kindOf(snapshot) === kind;
  return snapshot.DBInstanceIdentifier === instance && name.startsWith(prefix) && isOfKind;
}

/** RDS counts copies among the manual ones. */
function kindOf({ SnapshotType: type, SourceDBSnapshotIdentifier: source }: DBSnapshot): Kind {
  if (source) return 'copied';
  return type === 'automated' ? 'automated' : 'manual';
}
