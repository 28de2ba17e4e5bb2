import { findService } from '../model.ts';
import type { Scalable, Service, State } from '../state.ts';
import { setDesired } from './service.ts';
import { noteService } from './tasks.ts';

/** Once a minute, for each target: a service below its minimum is put back, an idle one is scaled in to it. */
export function tickAutoscaler(state: State): void {
  for (const scalable of state.scalables) {
    const service = findService(state, scalable.region, scalable.cluster, scalable.service);
    if (!service) continue;
    const next = wantedCapacity(state, scalable, service);
    if (next === null) continue;
    setDesired(state, service, next);
    noteService(state, service, `has its desired count set to ${next} by Application Auto Scaling.`);
  }
}

function wantedCapacity(state: State, scalable: Scalable, service: Service): number | null {
  const { autoscaleOutMs, autoscaleInMs } = state.estate.timings;
  const settledFor = state.at - service.desiredSince;
  if (service.desired < scalable.min && !scalable.suspended.out && settledFor >= autoscaleOutMs) return scalable.min;
  const idleFor = service.idleSince === null ? 0 : state.at - service.idleSince;
  const idle = Math.min(idleFor, settledFor) >= autoscaleInMs;
  return service.desired > scalable.min && !scalable.suspended.in && idle ? scalable.min : null;
}
