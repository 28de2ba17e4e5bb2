import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Service, State, Task } from '../state.ts';
import { findDefinition } from './definition.ts';

const endpoint = /(?:^|[/@"])([a-z][a-z0-9-]*)\.[a-z0-9]+\.([a-z]{2}(?:-[a-z]+)+-\d)\.rds\.amazonaws\.com/;

/**
 * The database that a task of this definition connects to for as long as it runs: the endpoint in its environment, or in a
 * parameter or secret, when it starts; the service's own where none is there.
 */
export function databaseFor(state: State, service: Service, taskDefinition: string): Task['database'] {
  const containers = findDefinition(state, service.region, taskDefinition)?.containers ?? [];
  for (const value of containers.flatMap((container) => valuesOf(state, container))) {
    const [, id, region] = endpoint.exec(value) ?? [];
    if (id !== undefined && region !== undefined) return { region, id, ...passwordFor(state, containers) };
  }
  return { region: service.region, id: service.database, ...passwordFor(state, containers) };
}

/** The password that a task is given, read once: what changes later it does not see. */
function passwordFor(state: State, containers: readonly ContainerDefinition[]): { password?: string } {
  const secrets = containers.flatMap((container) => container.secrets ?? []);
  const password = readReference(state, secrets.find(({ name = '' }) => /PASSWORD/.test(name))?.valueFrom ?? '');
  return password === '' ? {} : { password };
}

function valuesOf(state: State, { environment = [], secrets = [] }: ContainerDefinition): string[] {
  const plain = environment.map(({ value = '' }) => value);
  return [...plain, ...secrets.map(({ valueFrom = '' }) => readReference(state, valueFrom))];
}

/** What ECS puts into a task that starts now; empty for what does not exist. */
function readReference(state: State, arn: string): string {
  const [, , service, region = '', , ...rest] = arn.split(':');
  const name = rest.join(':');
  if (service === 'ssm') {
    const found = state.ssm.parameters.find((one) => one.region === region && `parameter${one.name}` === name);
    return found?.versions.at(-1)?.value ?? '';
  }
  const secret = state.secrets.secrets.find((one) => one.region === region && name.startsWith(`secret:${one.name}`));
  return secret?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.value ?? '';
}
