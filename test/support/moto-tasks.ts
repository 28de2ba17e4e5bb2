import { type EcsTiming, type Ramp, runningAt } from './moto-ramp.ts';
import { type Call, json, type Reply } from './moto-wire.ts';

/** The tasks of a service whose count was changed, which moto has none of; undefined for any other. */
export function listTasks(call: Call, ramps: ReadonlyMap<string, Ramp>, timing: EcsTiming): Reply | undefined {
  const { cluster, serviceName, desiredStatus = 'RUNNING' } = call.fields;
  const place = `${call.region}/${String(cluster)}/${String(serviceName)}`;
  const ramp = rampOf(ramps, place);
  if (!ramp) return undefined;
  const stopped = desiredStatus === 'STOPPED';
  const indexes = Array.from({ length: Math.max(ramp.from, ramp.to) }, (_, index) => index);
  const taskArns = indexes
    .filter((index) => ['STOPPING', 'STOPPED'].includes(stateOf(ramp, timing, index)) === stopped)
    .map((index) => `arn:aws:ecs:${call.region}:123456789012:task/${String(cluster)}/${String(serviceName)}.${index}`);
  return json(200, { taskArns });
}

export function describeTasks(call: Call, ramps: ReadonlyMap<string, Ramp>, timing: EcsTiming): Reply | undefined {
  const arns = Array.isArray(call.fields.tasks) ? call.fields.tasks.map(String) : [];
  const tasks = arns.flatMap((taskArn) => {
    const [, cluster, service, index] = /:task\/([^/]+)\/([^/]+)\.(\d+)$/.exec(taskArn) ?? [];
    const ramp = rampOf(ramps, `${call.region}/${cluster}/${service}`);
    return ramp ? [{ taskArn, lastStatus: stateOf(ramp, timing, Number(index)) }] : [];
  });
  return tasks.length === 0 ? undefined : json(200, { tasks, failures: [] });
}

/** Ramps are kept by the service's ARN. */
function rampOf(ramps: ReadonlyMap<string, Ramp>, place: string): Ramp | undefined {
  for (const [arn, ramp] of ramps) {
    const [, region, path] = /^arn:aws:ecs:([^:]+):\d+:service\/(.+)$/.exec(arn) ?? [];
    if (`${region}/${path}` === place) return ramp;
  }
  return undefined;
}

function stateOf(ramp: Ramp, timing: EcsTiming, index: number): string {
  const now = Date.now();
  if (index < runningAt(ramp, timing, now)) return 'RUNNING';
  if (index < ramp.to) return 'PENDING';
  return index < runningAt(ramp, timing, now - timing.taskStoppingMs) ? 'STOPPING' : 'STOPPED';
}
