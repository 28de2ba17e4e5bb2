import { runTerminal } from '../../src/cli/run-terminal.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { type AuditReports, createWords } from '../../src/cli/words.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { ActionInfo, Catalogue } from '../../src/domain/action.ts';
import type { Person } from '../../src/domain/person.ts';
import type { ConsentView, RunView } from '../../src/domain/views.ts';
import type { Incidents } from '../../src/incidents/incidents.ts';
import type { PlanMade, Recovery } from '../../src/recovery/recovery.ts';
import { consentView, incident, incidentView, now, plan, runView } from './fixtures.ts';

export const ana: Person = { name: 'ana', slack: null, door: 'terminal' };

/** What the use-cases answer, in order; the last answer of a list is repeated. */
export interface Script {
  made: PlanMade;
  requested: ConsentView;
  consents: ConsentView[];
  runs: RunView[];
  open: (typeof incident)[];
  audit: Awaited<ReturnType<AuditReports['verifyAudit']>>;
}

export interface Harness {
  script: Script;
  /** Every use-case that was asked, with what it was asked. */
  asked: [name: string, ask: unknown][];
  words: ReturnType<typeof createWords>;
  run(line: string[], outside?: Partial<Terminal>): Promise<{ code: number; out: string; err: string }>;
}

export function createHarness(): Harness {
  const asked: Harness['asked'] = [];
  const script: Script = {
    made: { plan, verdict: 'ready', problems: [] },
    requested: consentView({ state: 'granted' }),
    consents: [consentView({ state: 'granted' })],
    runs: [runView()],
    open: [incident],
    audit: { ok: true, count: 2, head: 'ff' },
  };
  const words = createWords({
    recovery: recoveryOf(script, asked),
    incidents: incidentsOf(script, asked),
    broadcast: {
      draft: async () => ({ name: 'Checkout', body: 'We are looking.', components: [], canPost: false, page: null }),
      publish: async (ask) => note(asked, 'publish', ask, 'The public incident is opened.'),
    },
    reports: {
      exportAudit: async (ask) => note(asked, 'exportAudit', ask, [{ seq: 1 }, { seq: 2 }]),
      verifyAudit: async () => script.audit,
    },
    clock: { now: () => now, sleep: async () => undefined, scale: 1 },
  });
  return { script, asked, words, run: (line, outside) => runLine(words, line, outside ?? {}) };
}

async function runLine(words: Harness['words'], line: string[], outside: Partial<Terminal>) {
  const out: string[] = [];
  const err: string[] = [];
  const nothing: Catalogue = { get: (): ActionInfo | undefined => undefined, list: () => [] };
  const code = await runTerminal(line, {
    openDoor: async () => ({
      call: (word, args) => words(word, args, ana),
      inProcess: false,
      close: async () => undefined,
    }),
    settings: () => readSettings({}),
    loadHome: async () => {
      throw new Error('no home here');
    },
    catalogue: nothing,
    print: (text) => out.push(text),
    complain: (text) => err.push(text),
    ask: null,
    clock: { now: () => now, sleep: async () => undefined, scale: 1 },
    ids: { next: (prefix) => `${prefix}_0123456789abcdef` },
    ...outside,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function note<T>(asked: Harness['asked'], name: string, ask: unknown, answer: T): T {
  asked.push([name, ask]);
  return answer;
}

function next<T>(list: T[]): T {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('the script is empty');
  if (rest.length > 0) list.shift();
  return first;
}

function recoveryOf(script: Script, asked: Harness['asked']): Recovery {
  const says = (name: string) => async (ask: unknown) => note(asked, name, ask, `${name} is noted.`);
  return {
    commands: () => [],
    plan: async (ask) => note(asked, 'plan', ask, script.made),
    planUndo: async (ask) => note(asked, 'planUndo', ask, script.made),
    post: async (planId) => note(asked, 'post', planId, undefined),
    request: async (ask) => note(asked, 'request', ask, script.requested),
    approve: async (ask) =>
      note(asked, 'approve', ask, consentView({ state: 'granted', approvals: [{ by: 'ana', at: now }] })),
    breakGlass: async (ask) =>
      note(asked, 'breakGlass', ask, consentView({ state: 'granted', brokenGlass: { by: 'ana', reason: ask.reason } })),
    pause: says('pause'),
    resume: says('resume'),
    abort: says('abort'),
    retry: says('retry'),
    skip: says('skip'),
    answer: says('answer'),
    readPlan: async () => plan,
    readConsent: async () => next(script.consents),
    readRun: async () => next(script.runs),
    currentRun: async () => script.runs[0] ?? null,
    pendingConsents: async () => [],
  };
}

function incidentsOf(script: Script, asked: Harness['asked']): Incidents {
  const recovery = {
    rtoMs: 600_000,
    rtoObjectiveMs: 3_600_000,
    rtoExplain: 'health seen',
    rpoMs: null,
    rpoObjectiveMs: 900_000,
    rpoExplain: 'not read',
  };
  return {
    declare: async (ask) => note(asked, 'declare', ask, incident),
    assign: async (ask) => note(asked, 'assign', ask, 'ben is an approver.'),
    resolve: async (ask) => note(asked, 'resolve', ask, { incident, recovery }),
    close: async (ask) => note(asked, 'close', ask, incident),
    open: async () => script.open,
    list: async () => script.open,
    byChannel: async () => null,
    view: async (id) => note(asked, 'view', id, incidentView),
    mayLook: async (by) => note(asked, 'mayLook', by.name, undefined),
  };
}

export function argsOf(harness: Harness, name: string): unknown {
  return harness.asked.find(([asked]) => asked === name)?.[1];
}
