import type { Clock } from '../../../../src/domain/ports/clock.ts';
import { createWorld, type World } from '../../../../src/sim/index.ts';
import { exampleCloud } from '../../../support/example-cloud.ts';

/** A call that the cloud can be told to fail, whatever its input. */
export interface NamedCall {
  service: string;
  command: string;
  region: string;
}

/** Clouds one after another behind one connection, each of them fresh, with what was asked of the present one. */
export interface ManyWorlds {
  world: World;
  renew(): void;
  /** Distinct calls to the present world, in the order in which they first came. */
  asked(): NamedCall[];
  /** Calls that a probe or an SDK made to the present world that fit `call`. */
  count(call: NamedCall): number;
}

export function createManyWorlds(clock: Clock): ManyWorlds {
  const fresh = (): World => createWorld({ clock, estate: exampleCloud('acme') });
  let current = fresh();
  let calls: NamedCall[] = [];
  const world: World = {
    call(call) {
      calls.push({ service: call.service, command: call.command, region: call.region });
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
    renew() {
      current = fresh();
      calls = [];
    },
    asked: () => [...new Map(calls.map((call) => [nameCall(call), call])).values()],
    count: (call) => calls.filter((one) => nameCall(one) === nameCall(call)).length,
  };
}

export function nameCall({ service, command, region }: NamedCall): string {
  return `${service}:${command}${region === '' ? '' : ` in ${region}`}`;
}
