import type { DBInstance } from '@aws-sdk/client-rds';
import type { Check } from '../../domain/action.ts';
import { type Duration, durationMs } from '../../domain/duration.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Reading } from '../kit/reading.ts';
import { replicationOf, sourceOf, statusOf } from './instance.ts';
import type { Lag } from './lag.ts';

const otherConsent = 'it also grows while the primary is idle or dead: if the primary is lost, run ungraceful instead';

export function checkAvailable(read: Reading<DBInstance>): Check {
  const question: Question = { id: 'instance', title: 'replica is up', expected: 'status available', carry: 'never' };
  return judgeReading(question, read, (instance) => ({
    pass: statusOf(instance) === 'available',
    found: `status ${statusOf(instance)}`,
  }));
}

export function checkIsReplica(read: Reading<DBInstance>): Check {
  const question: Question = {
    id: 'replica',
    title: 'is a read replica',
    expected: 'a replication source',
    carry: 'never',
  };
  return judgeReading(question, read, (instance) => {
    const source = sourceOf(instance);
    return { pass: source !== null, found: source === null ? 'no source: it is standalone' : `source ${source}` };
  });
}

/** What is asked of a replica, once a run has made it a primary. */
export function nothingLeft(check: Check, by: string): Check {
  return { ...check, verdict: 'pass', found: `standalone, promoted by ${by}: nothing left to replicate` };
}

/** RDS's own word on replication; where it gives none, a lag that is being measured shows that replication runs. */
export function checkReplication(read: Reading<DBInstance>, lag: Reading<Lag>, mode: KitContext['mode']): Check {
  const expected = mode === 'ungraceful' ? 'no word that it is broken' : 'replicating';
  const question: Question = { id: 'replication', title: 'replication runs', expected, carry: 'ungraceful' };
  if (!read.ok) return judgeReading(question, read, () => ({ pass: false, found: '' }));
  const said = replicationOf(read.value);
  if (said) return judge(question, said.normal, said.text);
  if (mode === 'ungraceful') return judge(question, true, 'no status reported');
  if (!lag.ok) return notKnown(question, `no status reported, and: ${lag.sentence}`);
  if (lag.value.state === 'missing') return notKnown(question, `no status reported, and ${lag.value.why}`);
  return judge(
    question,
    lag.value.state === 'known',
    `lag is ${lag.value.state === 'known' ? 'measured' : '-1: not active'}`,
  );
}

export function checkLag(read: Reading<Lag>, limit: Duration, mode: KitContext['mode']): Check {
  const when = mode === 'ungraceful' ? ' before the impact began' : '';
  const question: Question = {
    id: 'lag',
    title: 'replication lag',
    expected: `at most ${limit}${when}`,
    carry: 'ungraceful',
  };
  if (!read.ok) return notKnown(question, read.sentence, read.fault);
  const lag = read.value;
  if (lag.state === 'missing') return notKnown(question, lag.why);
  if (lag.state === 'inactive')
    return judge(question, false, `-1 at ${sayUtc(lag.at)}: replication is not active; ${otherConsent}`);
  const pass = lag.seconds * 1_000 <= durationMs(limit);
  const found = `${lag.seconds} s at ${sayUtc(lag.at)}`;
  return judge(question, pass, pass || mode === 'ungraceful' ? found : `${found}; ${otherConsent}`);
}
