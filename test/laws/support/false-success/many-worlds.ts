import type { Clock } from '../../../../src/domain/ports/clock.ts';
import type { CloudCall } from '../../../../src/sim/call.ts';
import { createWorld, type Estate, type World } from '../../../../src/sim/index.ts';
import { type Example, exampleCloud } from '../../../support/example-cloud.ts';

/** A call that the cloud can be told to fail, whatever its input. */
export interface NamedCall {
  service: string;
  command: string;
  region: string;
}

/** Clouds one after another behind one connection, each of them fresh, with what was asked of the present one. */
export interface ManyWorlds {
  world: World;
  /** With waits of its own, where some are given. */
  renew(timings?: Partial<Estate['timings']>): void;
  /** Sees every call to the present world just before it is carried out. */
  watch(look: (call: CloudCall) => void): void;
  /** Distinct calls to the present world, in the order in which they first came. */
  asked(): NamedCall[];
  /** Calls that a probe or an SDK made to the present world that fit `call`. */
  count(call: NamedCall): number;
}

export function createManyWorlds(clock: Clock, example: Example = 'acme'): ManyWorlds {
  const estate = exampleCloud(example);
  const fresh = (timings: Partial<Estate['timings']> = {}): World =>
    createWorld({ clock, estate: { ...estate, timings: { ...estate.timings, ...timings } } });
  let current = fresh();
  let calls: NamedCall[] = [];
  let look: (call: CloudCall) => void = () => {};
  const world: World = {
    call(call) {
      calls.push({ service: call.service, command: call.command, region: call.region });
      look(call);
      return current.call(call);
    },
    setFault: (fault) => current.setFault(fault),
    clearFault: (id) => current.clearFault(id),
    clearFaults: () => current.clearFaults(),
    listFaults: () => current.listFaults(),
    audit: () => current.audit(),
    view: () => current.view(),
    snapshot: () => current.snapshot(),
  };
  return {
    world,
    renew(timings) {
      current = fresh(timings);
      calls = [];
      look = () => {};
    },
    watch(by) {
      look = by;
    },
    asked: () => [...new Map(calls.map((call) => [nameCall(call), call])).values()],
    count: (call) => calls.filter((one) => nameCall(one) === nameCall(call)).length,
  };
}

export function nameCall({ service, command, region }: NamedCall): string {
  return `${service}:${command}${region === '' ? '' : ` in ${region}`}`;
}
