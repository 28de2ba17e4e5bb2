import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import type { Clock, Ids } from '../../domain/ports/clock.ts';
import type { CloudAnswer, CloudCall } from '../call.ts';
import { cloneData } from '../clone.ts';
import { answerCall } from './answer.ts';
import { buildState } from './build.ts';
import { Estate, type EstateInput } from './estate.ts';
import { Fault, type FaultInput } from './fault.ts';
import { takeAway } from './lost.ts';
import { mint } from './model.ts';
import { repairPromotions } from './rds/work.ts';
import type { State } from './state.ts';
import { advance, settle } from './timeline.ts';
import { viewWorld, type WorldView } from './view.ts';

/** A simulated cloud: it changes only by calls, by faults, and by its clock. */
export interface World {
  call(call: CloudCall): Promise<CloudAnswer>;
  /** Returns the fault's id. Throws a ZodError for what is no fault. */
  setFault(fault: FaultInput): string;
  /** False when no fault has that id. */
  clearFault(id: string): boolean;
  clearFaults(): void;
  listFaults(): ListedFault[];
  audit(): WorldAudit;
  view(): WorldView;
  /** Everything, as JSON, to go on from with `createWorld({ clock, snapshot })`. */
  snapshot(): JsonObject;
}

export interface ListedFault {
  id: string;
  since: string;
  fault: Fault;
}

export interface WorldEffect {
  at: string;
  service: string;
  command: string;
  region: string;
  /** `rds:dr-database`, `ecs:dr-cluster/app-service`. */
  target: string;
  accepted: boolean;
}

export interface WorldAudit {
  /** Every call that changes something and reached its service, in order. */
  effects: WorldEffect[];
  /** For how long more than one database took writes, in milliseconds of the world's clock. */
  writersOverlapMs: number;
  /** When each database took writes, the first first; `until` is null while it does. */
  writers: { region: string; instance: string; from: string; until: string | null }[];
  /** Each finished promotion and the replication lag that it fixed for ever. */
  promotions: { at: string; region: string; instance: string; lostSeconds: number }[];
}

export type WorldOptions = { clock: Clock; ids?: Ids } & ({ estate: EstateInput } | { snapshot: JsonObject });

const Snapshot = z.looseObject({ version: z.literal(1), at: z.number(), estate: Estate });

export function createWorld(options: WorldOptions): World {
  const { clock } = options;
  const state = 'snapshot' in options ? readSnapshot(options.snapshot) : buildFrom(options.estate, options);
  const now = (): State => {
    advance(state, clock.now().getTime());
    return state;
  };
  const change = (work: () => void): void => {
    now();
    work();
    settle(state);
  };
  const clear = (is: (set: State['faults'][number]) => boolean): void =>
    change(() => {
      const cleared = state.faults.filter(is);
      state.faults = state.faults.filter((set) => !is(set));
      repairPromotions(
        state,
        cleared.map(({ fault }) => fault),
      );
    });

  return {
    async call(call) {
      const { answer, delayMs } = answerCall(now(), cloneData(call));
      const given = cloneData(answer);
      if (delayMs > 0) await clock.sleep(delayMs);
      return given;
    },
    setFault(given) {
      const fault = Fault.parse(given);
      let id = '';
      change(() => {
        id = `fault-${mint(state, 6)}`;
        state.faults.push({ id, fault, since: state.at, matched: 0 });
        takeAway(state, fault);
      });
      return id;
    },
    clearFault(id) {
      const known = state.faults.some((set) => set.id === id);
      clear((set) => set.id === id);
      return known;
    },
    clearFaults: () => clear(() => true),
    listFaults: () => state.faults.map(({ id, since, fault }) => ({ id, since: toText(since), fault })),
    audit: () => auditOf(now()),
    view: () => viewWorld(now(), clock.scale),
    snapshot: () => JSON.parse(JSON.stringify(now())) as JsonObject,
  };
}

function buildFrom(given: EstateInput, options: WorldOptions): State {
  const salt = options.ids?.next('world') ?? 'world';
  return buildState(cloneData(Estate.parse(given)), options.clock.now().getTime(), salt);
}

function readSnapshot(snapshot: JsonObject): State {
  return Snapshot.parse(cloneData(snapshot)) as unknown as State;
}

function toText(at: number): string {
  return new Date(at).toISOString();
}

function auditOf(state: State): WorldAudit {
  return {
    effects: state.effects.map((effect) => ({ ...effect, at: toText(effect.at) })),
    writersOverlapMs: state.writers.overlapMs,
    writers: state.writers.spells.map(({ region, id, from, until }) => ({
      region,
      instance: id,
      from: toText(from),
      until: until === null ? null : toText(until),
    })),
    promotions: state.promotions.map(({ at, region, id, lostSeconds }) => ({
      at: toText(at),
      region,
      instance: id,
      lostSeconds,
    })),
  };
}
