import type { Evidence } from '../../test/laws/support/evidence.ts';
import type { Life } from '../../test/laws/support/life.ts';
import { saidIn } from '../../test/laws/support/people.ts';

/** What one life came to, as the far ends counted it. */
export interface Count {
  kills: number;
  effects: number;
  messages: number;
  /** Of the audit log. */
  rows: number;
}

export function countOf(life: Life, evidence: Evidence): Count {
  const channels = [...life.farEnds.slack.workspace.channels.values()];
  return {
    kills: life.deaths,
    effects: life.farEnds.world.world.audit().effects.length,
    messages: channels.reduce((sum, { name }) => sum + saidIn(life, name).length, 0),
    rows: Object.values(evidence.rows).reduce((sum, count) => sum + count, 0),
  };
}

export function sumOf(counts: readonly Count[]): Count {
  const total: Count = { kills: 0, effects: 0, messages: 0, rows: 0 };
  for (const count of counts) for (const key of Object.keys(total) as (keyof Count)[]) total[key] += count[key];
  return total;
}
