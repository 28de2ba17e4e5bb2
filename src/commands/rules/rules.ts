import type { Fault } from '../../domain/errors.ts';
import type { Draft } from '../lint/draft.ts';
import { cleanUpNotAlways } from './clean-up-not-always.ts';
import { concurrencyWithoutEventSource } from './concurrency-without-event-source.ts';
import { controlPlaneInLostRegion } from './control-plane-in-lost-region.ts';
import { deleteByName } from './delete-by-name.ts';
import { evidenceFirst } from './evidence-first.ts';
import { fixedName } from './fixed-name.ts';
import { latestName } from './latest-name.ts';
import { literalSecret } from './literal-secret.ts';
import { literalTime } from './literal-time.ts';
import { needsLostRegion } from './needs-lost-region.ts';
import { nobodySeenServed } from './nobody-seen-served.ts';
import { placeholder } from './placeholder.ts';
import { rpoTooShort } from './rpo-too-short.ts';
import { rtoTooShort } from './rto-too-short.ts';
import type { Rule } from './rule.ts';
import { scaleToZeroUndone } from './scale-to-zero-undone.ts';
import { scriptMissing } from './script-missing.ts';
import { seenTooEarly } from './seen-too-early.ts';
import { shellText } from './shell-text.ts';
import { stoppedForGood } from './stopped-for-good.ts';
import { unreadVerdict } from './unread-verdict.ts';
import { waitTooShort } from './wait-too-short.ts';

/** In the order in which docs/check.md has them: what is written, what is done to data, what it takes, where it runs. */
export const rules: readonly Rule[] = [
  fixedName,
  latestName,
  literalTime,
  literalSecret,
  shellText,
  placeholder,
  scriptMissing,
  deleteByName,
  cleanUpNotAlways,
  evidenceFirst,
  unreadVerdict,
  seenTooEarly,
  nobodySeenServed,
  scaleToZeroUndone,
  stoppedForGood,
  concurrencyWithoutEventSource,
  waitTooShort,
  rtoTooShort,
  rpoTooShort,
  controlPlaneInLostRegion,
  needsLostRegion,
];

/** What could be better in a command whose steps are in order; Muster starts all the same. */
export function warningsOf(draft: Draft): Fault[] {
  return rules.flatMap(({ name, look }) => look(draft).map((finding) => ({ ...finding, rule: name })));
}
