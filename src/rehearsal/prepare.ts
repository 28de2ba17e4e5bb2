import { readInputs, readMode } from '../commands/inputs.ts';
import type { Command, Mode } from '../domain/command.ts';
import { regionOf } from '../domain/home.ts';
import { findCommand } from '../recovery/plan/make-plan.ts';
import { createWorld, Estate, Fault } from '../sim/index.ts';
import { activeRegions } from '../store/regions.ts';
import type { RehearsalDeps } from './deps.ts';
import { deriveEstate } from './estate/derive.ts';
import { refuseTorn } from './estate/torn.ts';
import type { RehearsalTask } from './messages.ts';
import { withStandIns } from './people.ts';
import type { RehearsalAsk } from './rehearsal.ts';
import { troublesOf } from './troubles.ts';

export interface Prepared {
  task: RehearsalTask;
  /** Why it has its mode, where nobody has asked for one. */
  because: string;
  /** What the simulation had to take for granted, one sentence each. */
  assumed: string[];
}

/** Everything that can be refused before a process is started. Throws `Refusal`. */
export async function prepare(deps: RehearsalDeps, ask: RehearsalAsk): Promise<Prepared> {
  const { home } = deps;
  const command = findCommand(deps.commands, ask.command);
  const inputs = readInputs(command, ask.inputs);
  const { mode, because } = modeOf(command, ask);
  const derived = deriveEstate({ home, command, inputs, mode }, deps.cloud);
  const troubles = troublesOf(ask.troubles, command.name, derived.ways);
  const estate = Estate.parse(derived.estate);
  const send = createWorld({ clock: deps.clock, estate }).call;
  await refuseTorn({ command: command.name, there: derived.ways.there, standIns: derived.standIns }, send);
  const task: RehearsalTask = {
    folder: '',
    homeDir: deps.homeDir,
    home: withStandIns(home),
    command,
    inputs: ask.inputs,
    mode,
    estate,
    objects: derived.objects,
    standIns: derived.standIns,
    dark: ask.dark,
    troubles: troubles.map(({ fault, sentence }) => ({ fault: Fault.parse(fault), sentence })),
    promotes: derived.promotes,
    ...(deps.ownRegion === undefined ? {} : { ownRegion: deps.ownRegion }),
    ...(deps.mayLeave === undefined ? {} : { mayLeave: deps.mayLeave }),
  };
  return { task, because, assumed: [...derived.assumed, ...(await movedSince(deps))] };
}

/** A Region that does not answer is left by an ungraceful run, where the command has one. */
function modeOf(command: Command, { mode, dark }: RehearsalAsk): { mode: Mode; because: string } {
  if (mode === undefined && dark && command.modes.includes('ungraceful'))
    return { mode: 'ungraceful', because: ', because the Region that it leaves is dark' };
  return { mode: readMode(command, mode), because: '' };
}

/** A rehearsal begins where everything was designed to be, wherever it is now. */
async function movedSince({ home, store }: RehearsalDeps): Promise<string[]> {
  const active = await store.tx(activeRegions);
  const { primary } = home.system.regions;
  return Object.keys(home.system.services).flatMap((service) => {
    const region = regionOf(home, active, service);
    return region === primary
      ? []
      : [`${service} is served from ${region} now; the rehearsal began with it in ${primary}.`];
  });
}
