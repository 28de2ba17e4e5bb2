import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { JsonObject } from '../../domain/json.ts';

/** What is to be another in one container of a task definition. */
export interface Change {
  container?: string | undefined;
  image?: string | undefined;
  environment?: Record<string, string> | undefined;
  secrets?: Record<string, string> | undefined;
}

/** The container that is meant, or one sentence that says why none is. */
export function chooseContainer(
  containers: readonly ContainerDefinition[],
  { container }: Change,
): { container: ContainerDefinition } | { why: string } {
  const names = containers.map(({ name }) => name ?? 'without a name').join(', ');
  const [only] = containers;
  if (container === undefined) {
    return only && containers.length === 1 ? { container: only } : { why: `${names}: say which container is meant` };
  }
  const found = containers.find(({ name }) => name === container);
  return found ? { container: found } : { why: `no container ${container}; there is ${names}` };
}

/** The present values of what the change names, in its own form; null for a name that is not there. */
export function presentValues(container: ContainerDefinition, { image, environment, secrets }: Change): JsonObject {
  const held = valuesOf(container);
  return {
    ...(image === undefined ? {} : { image: container.image ?? null }),
    ...(environment === undefined ? {} : { environment: pickNames(held.environment, environment) }),
    ...(secrets === undefined ? {} : { secrets: pickNames(held.secrets, secrets) }),
  };
}

export function wantedValues({ image, environment, secrets }: Change): JsonObject {
  return {
    ...(image === undefined ? {} : { image }),
    ...(environment === undefined ? {} : { environment }),
    ...(secrets === undefined ? {} : { secrets }),
  };
}

export function isChanged(container: ContainerDefinition, change: Change): boolean {
  const { image, environment = {}, secrets = {} } = change;
  const held = valuesOf(container);
  const same = (has: Record<string, string>, wants: Record<string, string>): boolean =>
    Object.entries(wants).every(([name, value]) => has[name] === value);
  const sameImage = image === undefined || container.image === image;
  return sameImage && same(held.environment, environment) && same(held.secrets, secrets);
}

/** A name is either a value or a secret: the one that it becomes replaces the other. */
export function changeContainer(container: ContainerDefinition, change: Change): ContainerDefinition {
  const { image = container.image, environment = {}, secrets = {} } = change;
  const named = (name: string | undefined): boolean => name !== undefined && (name in environment || name in secrets);
  const kept = (container.environment ?? []).filter(({ name }) => !named(name));
  const keptSecrets = (container.secrets ?? []).filter(({ name }) => !named(name));
  return {
    ...container,
    image,
    environment: [...kept, ...Object.entries(environment).map(([name, value]) => ({ name, value }))],
    secrets: [...keptSecrets, ...Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom }))],
  };
}

function valuesOf({ environment = [], secrets = [] }: ContainerDefinition) {
  return {
    environment: Object.fromEntries(environment.map(({ name = '', value = '' }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(({ name = '', valueFrom = '' }) => [name, valueFrom])),
  };
}

function pickNames(held: Record<string, string>, wanted: Record<string, string>): JsonObject {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, held[name] ?? null]));
}
