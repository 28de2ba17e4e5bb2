import type { TasksOf } from './moto-ecs.ts';
import type { Realism } from './moto-wire.ts';

/**
 * Targets that follow the tasks of the service behind their group: each is `initial` for `targetHealthyMs` before it is
 * healthy. A group whose service was never changed keeps what moto says.
 */
export function createElbRealism(timing: { targetHealthyMs: number }, tasksOf: TasksOf): Realism {
  const seenAt = new Map<string, number>();

  function health(arn: string, index: number): string {
    const key = `${arn}#${index}`;
    const since = seenAt.get(key) ?? Date.now();
    seenAt.set(key, since);
    const state =
      Date.now() - since >= timing.targetHealthyMs
        ? '<State>healthy</State>'
        : '<State>initial</State><Reason>Elb.InitialHealthChecking</Reason>';
    const target = `<Target><Id>10.0.0.${index + 1}</Id><Port>80</Port></Target>`;
    return `<member>${target}<HealthCheckPort>80</HealthCheckPort><TargetHealth>${state}</TargetHealth></member>`;
  }

  return {
    after: (call, reply) => {
      if (call.operation !== 'DescribeTargetHealth' || reply.status !== 200) return reply;
      const arn = String(call.fields.TargetGroupArn);
      const tasks = tasksOf(arn);
      if (tasks === undefined) return reply;
      forgetAbove(seenAt, arn, tasks.running);
      const members = Array.from({ length: tasks.running }, (_, index) => health(arn, index)).join('');
      const descriptions = `<TargetHealthDescriptions>${members}</TargetHealthDescriptions>`;
      const body = reply.body.replace(
        /<TargetHealthDescriptions\s*\/>|<TargetHealthDescriptions>.*<\/TargetHealthDescriptions>/s,
        descriptions,
      );
      return { ...reply, body };
    },
  };
}

function forgetAbove(seenAt: Map<string, number>, arn: string, running: number): void {
  for (const key of seenAt.keys()) {
    if (key.startsWith(`${arn}#`) && Number(key.split('#')[1]) >= running) seenAt.delete(key);
  }
}
