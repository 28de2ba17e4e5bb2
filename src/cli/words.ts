import { z } from 'zod';
import type { Broadcast } from '../broadcast/broadcast.ts';
import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import type { JsonObject } from '../domain/json.ts';
import { advice } from '../domain/nearest.ts';
import type { Person } from '../domain/person.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { withoutTokens } from '../domain/secret-text.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { Rehearsals } from '../rehearsal/rehearsal.ts';
import type { Reports } from '../reports/create-reports.ts';
import type { Schedules } from '../schedules/schedules.ts';
import { defineWord } from './words/define-word.ts';
import { IncidentChoice } from './words/find.ts';
import { createIncidentWords } from './words/incident-words.ts';
import { createRecordWords } from './words/record-words.ts';
import { createRecoveryWords } from './words/recovery-words.ts';
import { createRehearsalWords } from './words/rehearsal-words.ts';
import { createScheduleWords } from './words/schedule-words.ts';
import { createUpdateWords } from './words/update-words.ts';

/** What the terminal asks of the audit log. */
export interface AuditReports {
  /** Rows of one incident, or all, oldest first; each as it is chained. */
  exportAudit(ask: { incidentId?: number }): Promise<object[]>;
  /** Follows the hash chain from the first row to the last. */
  verifyAudit(): Promise<{ ok: true; count: number; head: string } | { ok: false; seq: number; why: string }>;
}

export interface WordsDeps {
  recovery: Recovery;
  incidents: Incidents;
  broadcast: Pick<Broadcast, 'draft' | 'publish' | 'updates' | 'ack' | 'review'>;
  reports: AuditReports & Pick<Reports, 'report'>;
  rehearsals: Rehearsals;
  schedules: Pick<Schedules, 'list'>;
  clock: Clock;
  home: Home;
}

/** Carries out one word for one identified person. Throws `Refusal` when nothing was done. */
export type Words = (word: string, args: JsonObject, person: Person) => Promise<JsonObject>;

/** Every word of the terminal, over the same use-cases that Slack has. */
export function createWords(deps: WordsDeps): Words {
  const { recovery, incidents, broadcast, reports, rehearsals, schedules, clock, home } = deps;
  const words = {
    ...createRecoveryWords(recovery, incidents),
    ...createIncidentWords(incidents, recovery, broadcast, clock),
    ...createUpdateWords(incidents, broadcast),
    ...createRecordWords({ incidents, broadcast, reports, home }),
    ...createRehearsalWords(rehearsals),
    ...createScheduleWords(schedules),
    'audit-export': defineWord(z.strictObject({ incident: IncidentChoice }), async ({ incident }) => {
      return { rows: await reports.exportAudit(incident === undefined ? {} : { incidentId: incident }) };
    }),
    'audit-verify': defineWord(z.strictObject({}), () => reports.verifyAudit()),
  };
  const known = new Map(Object.entries(words));
  return async (word, args, person) => {
    const carryOut = known.get(word);
    if (carryOut === undefined) throw new Refusal(`There is no word ${word}: ${advice(word, [...known.keys()])}`);
    // Whoever holds no role learns nothing of what there is; whoever may not declare is told so in its own sentence.
    if (word !== 'declare') await incidents.mayLook(person);
    // What somebody has pasted by mistake is gone before anything reads it: the record keeps for good what is said.
    return await carryOut(withoutTokens(args), person);
  };
}
