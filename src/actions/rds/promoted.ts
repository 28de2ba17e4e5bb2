import type { DBInstance } from '@aws-sdk/client-rds';
import type { DataAtRisk } from '../../domain/action.ts';
import { promotedByTag, tagValue } from '../kit/owner.ts';
import { sourceOf, statusOf } from './instance.ts';

/** Who asked for its promotion, by its tag. */
export function promotedBy(instance: DBInstance): string | undefined {
  return tagValue(instance.TagList, promotedByTag);
}

/** Standalone, up, and no word of replication left. */
export function isPromoted(instance: DBInstance): boolean {
  const replicating = instance.StatusInfos?.some(({ StatusType }) => StatusType === 'read replication') ?? false;
  return sourceOf(instance) === null && statusOf(instance) === 'available' && !replicating;
}

/** The step of whichever run promoted it, as `run_3k9x/promote`; undefined while it is no primary of Muster's making. */
export function promotedByRun(instance: DBInstance): string | undefined {
  const by = promotedBy(instance);
  return isPromoted(instance) && by !== undefined && /^run_[^/]+\/./.test(by) ? by : undefined;
}

/** What nobody can measure any more: a primary that went on writing after the promotion went its own way. */
export function riskOfPromoted(by: string): DataAtRisk {
  const explain = `Not known: it stands alone, promoted by ${by}; what its old primary has written since is not in it.`;
  return { seconds: null, explain };
}
