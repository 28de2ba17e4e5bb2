import type { Broadcast, UpdateForm } from '../../src/broadcast/broadcast.ts';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import { runTerminal } from '../../src/cli/run-terminal.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { type AuditReports, createWords } from '../../src/cli/words.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { ActionInfo, Catalogue } from '../../src/domain/action.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { Home } from '../../src/domain/home.ts';
import type { Person } from '../../src/domain/person.ts';
import type { ScheduleView } from '../../src/domain/schedule.ts';
import type { TimelineEntry } from '../../src/domain/timeline.ts';
import type { ConsentView, ReviewView, RunView } from '../../src/domain/views.ts';
import type { Incidents } from '../../src/incidents/incidents.ts';
import type { PlanMade, Recovery } from '../../src/recovery/recovery.ts';
import type { RehearsalView } from '../../src/rehearsal/rehearsal.ts';
import { rehearsalOf } from '../support/rehearsals.ts';
import { townHome } from '../support/town.ts';
import { consentView, incident, incidentView, now, plan, runView } from './fixtures.ts';

export const ana: Person = { name: 'ana', slack: null, door: 'terminal' };
/** Holds no role anywhere. */
export const nobody: Person = { name: 'nina', slack: null, door: 'terminal' };

/** What the use-cases answer, in order; the last answer of a list is repeated. */
export interface Script {
  made: PlanMade;
  requested: ConsentView;
  consents: ConsentView[];
  runs: RunView[];
  open: (typeof incident)[];
  audit: Awaited<ReturnType<AuditReports['verifyAudit']>>;
  page: UpdateForm['page'];
  reviews: ReviewView[];
  entries: TimelineEntry[];
  /** What a rehearsal comes to, look by look. */
  rehearsals: RehearsalView[];
  schedules: ScheduleView[];
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
    page: {
      status: 'identified',
      components: { cmp_api: { service: 'api', status: 'major_outage' } },
      canPost: true,
      open: true,
    },
    reviews: [],
    entries: [],
    rehearsals: [rehearsalOf()],
    schedules: [],
  };
  const words = createWords({
    recovery: recoveryOf(script, asked),
    incidents: incidentsOf(script, asked),
    broadcast: {
      draft: async () => ({ name: 'Checkout', body: 'We are looking.', components: [], canPost: false, page: null }),
      publish: async (ask) => note(asked, 'publish', ask, 'The public incident is opened.'),
      ack: async (ask) => note(asked, 'ack', ask, 'ana has it.'),
      review: async (ask) => note(asked, 'review', ask, 'The post-mortem is reviewed.'),
      updates: updatesOf(script, asked),
    },
    reports: {
      exportAudit: async (ask) => note(asked, 'exportAudit', ask, [{ seq: 1 }, { seq: 2 }]),
      verifyAudit: async () => script.audit,
      report: async (id) =>
        note(asked, 'report', id, {
          file: { name: 'inc-7-post-mortem.md', markdown: '# Post-mortem\n\nIt | was \u202edown.\n' },
          reviews: script.reviews,
        }),
    },
    home: Home.parse({
      ...townHome,
      contacts: {
        cloud: { title: 'Cloud support', phone: '+1 206 555 0100', account: '1234', for: ['api'] },
        registrar: { title: 'Registrar', url: 'https://registrar.example/help' },
      },
    }),
    schedules: {
      list: async () => ({ schedules: script.schedules, now, timezone: 'Europe/Berlin', simulated: false }),
    },
    rehearsals: {
      begin: async (ask) => {
        const view = note(asked, 'begin', ask, next(script.rehearsals));
        return {
          view,
          sentence: 'Rehearsal of failover started: nothing real is touched.',
          ended: new Promise(() => {}),
        };
      },
      look: async (id) => note(asked, 'look', id, next(script.rehearsals)),
      stop: async (by) =>
        note(
          asked,
          'stop',
          by.name,
          'The rehearsal of failover was stopped by ana, without an outcome. Nothing is known from it.',
        ),
      close: async () => undefined,
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
    loadTemplates: async () => loadTemplates({ shippedDir: 'templates' }),
    findCloudFaults: async () => [],
    findWarnings: async () => [],
    checkPage: async () => ({ state: 'no-page', faults: [], sentence: 'muster.yml names no status page.' }),
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
    answerItems: says('answerItems'),
    readChecklist: async () => {
      throw new Error('no checklist here');
    },
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
    openRecord: async (ask) => note(asked, 'openRecord', ask, { ...incident, id: 8, kind: 'drill' as const }),
    assign: async (ask) => note(asked, 'assign', ask, 'ben is an approver.'),
    setSeverity: async (ask) => note(asked, 'setSeverity', ask, 'INC-7 is P2 now; it was P1.'),
    timeline: timelineOf(script, asked),
    resolve: async (ask) =>
      note(asked, 'resolve', ask, { incident, recovery, unpublished: true, untold: ['customers'] }),
    close: async (ask) => note(asked, 'close', ask, { incident, owed: ['customers'], untold: ['public'] }),
    open: async () => script.open,
    list: async () => script.open,
    byChannel: async () => null,
    view: async (id) => note(asked, 'view', id, incidentView),
    mayLook: async (by) => {
      if (by.name === nobody.name) throw new Refusal('Only people with a role in muster.yml may look.');
    },
  };
}

function timelineOf(script: Script, asked: Harness['asked']): Incidents['timeline'] {
  const says = (name: string) => async (ask: unknown) => note(asked, name, ask, `${name} is done.`);
  const does = (name: string) => async (ask: unknown) => note(asked, name, ask, undefined);
  return {
    list: async (id) => note(asked, 'timeline', id, script.entries),
    note: says('note'),
    command: does('command'),
    keep: says('keep'),
    unkeep: says('unkeep'),
    edited: does('edited'),
    deleted: does('deleted'),
  };
}

function updatesOf(script: Script, asked: Harness['asked']): Broadcast['updates'] {
  const says = (name: string) => async (ask: unknown) => note(asked, name, ask, `${name} is done.`);
  return {
    form: async (incidentId) => ({
      incidentId,
      label: 'INC-7',
      timezone: 'UTC',
      now,
      audiences: [],
      inside: '',
      outside: '',
      page: script.page,
    }),
    preview: async (ask) =>
      note(asked, 'preview', ask, {
        previews: [
          { audience: 'stakeholders', to: ['#stakeholders', 'mail to 3 addresses'], text: 'It is down.\nWe move.' },
          { audience: 'public', to: [], text: 'We look.' },
        ],
        standing: { phase: 'investigating', page: null, run: null, words: '' },
      }),
    send: says('send'),
    sendDraft: says('sendDraft'),
    snooze: says('snooze'),
    posted: says('posted'),
    draft: async () => {
      throw new Error('the terminal shows no draft');
    },
  };
}

export function argsOf(harness: Harness, name: string): unknown {
  return harness.asked.find(([asked]) => asked === name)?.[1];
}
