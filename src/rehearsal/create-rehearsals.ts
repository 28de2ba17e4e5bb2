import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../domain/errors.ts';
import type { Person } from '../domain/person.ts';
import { sayUtc } from '../domain/say-instant.ts';
import { appendAudit } from '../store/audit.ts';
import { type Child, startChild } from './child.ts';
import type { RehearsalDeps } from './deps.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { Begun, RehearsalAsk, RehearsalEnd, Rehearsals, RehearsalView } from './rehearsal.ts';
import { fileOf } from './report/file.ts';
import { sayEnd } from './report/sentence.ts';
import { refuseOutsider } from './roles.ts';

interface State {
  view: RehearsalView;
  child: Child | null;
  /** Who or what has ended it before its time, as a part of a sentence. */
  stopped: string | null;
}

/** The last one that was begun. */
type Current = State & { ended: Promise<RehearsalEnd> };

export function createRehearsals(deps: RehearsalDeps): Rehearsals {
  let current: Current | null = null;
  let closed = false;
  const running = (): Current | null => (current?.view.end === null ? current : null);
  const end = async (one: Current, by: string): Promise<RehearsalEnd> => {
    one.stopped ??= by;
    one.child?.kill();
    return one.ended;
  };

  return {
    async begin(ask, by) {
      await refuseOutsider(deps, by);
      const prepared = await prepare(deps, ask);
      if (closed) throw new Refusal('Muster is stopping: nothing was begun. Ask again once it is back.');
      const other = running();
      if (other) throw new Refusal(sayBusy(other.view));
      current = open(deps, prepared, ask, by);
      return { view: current.view, sentence: sayBegun(prepared, ask), ended: current.ended } satisfies Begun;
    },
    async look(id, by) {
      await refuseOutsider(deps, by);
      if (current?.view.id === id) return current.view;
      throw new Refusal(`There is no rehearsal ${id} any more: only the last one is kept, and not by a restart.`);
    },
    async stop(by) {
      await refuseOutsider(deps, by);
      const one = running();
      if (!one) throw new Refusal('No rehearsal is under way. /dr rehearse NAME begins one.');
      // It may have come to its end meanwhile.
      return (await end(one, `was stopped by ${by.name}`)).sentence;
    },
    async close() {
      closed = true;
      const one = running();
      if (one) await end(one, 'ended with Muster');
    },
  };
}

/** Taken at once, so that of two who ask together one is refused. */
function open(deps: RehearsalDeps, prepared: Prepared, ask: RehearsalAsk, by: Person): Current {
  const view: RehearsalView = {
    id: deps.ids.next('rehearsal'),
    command: prepared.task.command.name,
    by: by.name,
    startedAt: deps.real.now(),
    progress: [],
    end: null,
  };
  const state: State = { view, child: null, stopped: null };
  return Object.assign(state, { ended: carryOut(deps, state, prepared, ask, by) });
}

async function carryOut(
  deps: RehearsalDeps,
  one: State,
  prepared: Prepared,
  ask: RehearsalAsk,
  by: Person,
): Promise<RehearsalEnd> {
  const { view } = one;
  let end: RehearsalEnd;
  try {
    const { command, inputs, dark, troubles } = ask;
    const mode = prepared.task.mode;
    await record(deps, by, 'rehearsal.started', {
      rehearsal: view.id,
      command,
      inputs,
      mode,
      dark,
      troubles: [...troubles],
    });
    end = await inOwnFolder(deps, (folder) => runChild(deps, one, { ...prepared, task: { ...prepared.task, folder } }));
  } catch (error) {
    deps.log.error({ err: error }, 'a rehearsal failed');
    end = lost(view, 'Muster itself failed with it; the log has the reason');
  }
  view.end = end;
  const outcome = end.kind === 'reported' ? end.report.outcome : end.kind;
  await record(deps, by, 'rehearsal.ended', { rehearsal: view.id, outcome, sentence: end.sentence }).catch(
    (error: unknown) => deps.log.error({ err: error }, 'the end of a rehearsal could not be written down'),
  );
  return end;
}

async function runChild(deps: RehearsalDeps, one: State, { task, assumed }: Prepared): Promise<RehearsalEnd> {
  const { view } = one;
  if (one.stopped !== null) return lost(view, null, one.stopped);
  one.child = startChild(deps.program, task, {
    real: deps.real,
    progress: (line) => view.progress.push(line),
    trouble: (words) => deps.log.warn({ words }, 'a rehearsal ended without an outcome'),
  });
  const ended = await one.child.ended;
  if (one.stopped !== null) return lost(view, null, one.stopped);
  if (ended.kind === 'lost') return lost(view, ended.why);
  if (ended.kind === 'refused')
    return {
      kind: 'refused',
      sentence: `In rehearsal, ${view.command} was refused, as it would be in earnest: ${ended.sentence}`,
    };
  const { report } = ended;
  const about = { home: deps.home, by: view.by, startedAt: view.startedAt, endedAt: deps.real.now(), assumed };
  return { kind: 'reported', sentence: sayEnd(report), report, file: fileOf(report, about) };
}

async function inOwnFolder<T>({ newStore, log }: RehearsalDeps, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-rehearsal-'));
  try {
    await newStore(folder);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
      log.warn({ err: error, folder }, 'the folder of a rehearsal could not be removed: remove it by hand'),
    );
  }
}

function lost({ command }: RehearsalView, why: string | null, stopped = 'ended without an outcome'): RehearsalEnd {
  const how = why === null ? `${stopped}, without an outcome` : `${stopped}: ${why}`;
  return { kind: 'without-outcome', sentence: `The rehearsal of ${command} ${how}. Nothing is known from it.` };
}

function sayBusy({ command, by, startedAt }: RehearsalView): string {
  return (
    `${by} rehearses ${command} since ${sayUtc(startedAt)}, and one rehearsal goes on at a time: wait for its end, or end ` +
    'it with /dr rehearse stop (muster rehearse --stop). Nothing has been begun.'
  );
}

function sayBegun({ task, because }: Prepared, { dark }: RehearsalAsk): string {
  const { command, home } = task;
  const { primary } = home.system.regions;
  const from = dark ? `${primary} does not answer in it` : `${primary} is well in it`;
  const wrong = task.troubles.map(({ sentence }) => ` ${sentence}`).join('');
  return (
    `Rehearsal of ${command.name} started: nothing real is touched. It is ${task.mode}${because}, on a simulated cloud made ` +
    `from muster.yml, and ${from}.${wrong} What came of it follows in about half a minute.`
  );
}

function record(
  deps: RehearsalDeps,
  by: Person,
  what: string,
  detail: Parameters<typeof appendAudit>[1]['detail'],
): Promise<void> {
  const entry = { at: deps.clock.now(), who: by.name, door: by.door, what, incidentId: null, runId: null, detail };
  return deps.store.tx((tx) => appendAudit(tx, entry));
}
