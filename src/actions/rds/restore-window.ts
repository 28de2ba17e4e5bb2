import { DescribeDBInstanceAutomatedBackupsCommand } from '@aws-sdk/client-rds';
import type { Check } from '../../domain/action.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { InstanceRef } from './instance.ts';

/** What an instance can be restored to; null while it has no automated backup. */
export type Window = { from: Date; until: Date } | null;

/** Source: the instance's active automated backup. Its end is some five minutes ago: logs are shipped that often. */
export function readWindow({ region, instance }: InstanceRef, ctx: KitContext): Promise<Reading<Window>> {
  return reading(`automated backups of ${instance} in ${region}`, async () => {
    const command = new DescribeDBInstanceAutomatedBackupsCommand({ DBInstanceIdentifier: instance });
    const { DBInstanceAutomatedBackups: backups } = await ctx.aws.rds(region).send(command);
    const [active] = stated(backups, 'the backups').filter((one) => stated(one.Status, 'a status') === 'active');
    if (!active) return null;
    const from = stated(active.RestoreWindow?.EarliestTime, 'the earliest time');
    return { from, until: stated(active.RestoreWindow?.LatestTime, 'the latest time') };
  });
}

/** `latest` is whatever the service has when it is asked; an instant must be within what it has. */
export function checkWindow(time: string, read: Reading<Window>): Check {
  const expected = time === 'latest' ? 'an automated backup' : `a backup of ${sayUtc(new Date(time))}`;
  const question: Question = { id: 'window', title: 'can be restored to then', expected, carry: 'never' };
  return judgeReading(question, read, (window) => {
    if (window === null) return { pass: false, found: 'no automated backup' };
    const at = new Date(time).getTime();
    const pass = time === 'latest' || (at >= window.from.getTime() && at <= window.until.getTime());
    return { pass, found: `from ${sayUtc(window.from)} to ${sayUtc(window.until)}` };
  });
}
