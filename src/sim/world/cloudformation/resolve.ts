import type { Template } from './template.ts';

/** What parameters stand for, and the names that AWS itself gives. */
export type Scope = Readonly<Record<string, string>>;

export interface Described {
  type: string;
  properties: Record<string, unknown>;
  retained: boolean;
}

/** The resources that a template describes with these parameters; those whose condition is false are not there. */
export function describeResources(template: Template, scope: Scope): Record<string, Described> {
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || isTrue(template.Conditions[Condition], scope),
  );
  return Object.fromEntries(
    there.map(([id, { Type: type, Properties, DeletionPolicy }]) => {
      const properties = Object.fromEntries(
        Object.entries(Properties).map(([name, value]) => [name, resolve(value, scope)]),
      );
      return [id, { type, properties, retained: DeletionPolicy === 'Retain' }];
    }),
  );
}

/** References to parameters become their values; what refers to other resources stays as it is written. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, scope));
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...rest] = Object.entries(value);
  if (entry && rest.length === 0) {
    const [form, given] = entry;
    if (form === 'Ref' && typeof given === 'string' && Object.hasOwn(scope, given)) return scope[given];
    if (form === 'Fn::Sub' && typeof given === 'string')
      return given.replace(/\$\{([\w:]+)\}/g, (whole, name: string) => scope[name] ?? whole);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, scope)]));
}

function isTrue(condition: unknown, scope: Scope): boolean {
  const [form, given] = Object.entries((condition ?? {}) as object)[0] ?? [];
  if (form === 'Fn::Equals' && Array.isArray(given)) {
    const [one, other] = given.map((side) => String(resolve(side, scope)));
    return one === other;
  }
  return form !== 'Fn::Not' || !Array.isArray(given) || !isTrue(given[0], scope);
}

const naming =
  /^(TableName|BucketName|FunctionName|RoleName|QueueName|TopicName|Name|DBInstanceIdentifier|ClusterName)$/;
/** Properties whose change makes another resource of it. */
const fixed = /^(KeySchema|AttributeDefinitions|Engine|AvailabilityZone|VpcId|CidrBlock|ImageId)$/;

/** The name that a template gives a resource; undefined where AWS makes one up. */
export function nameOf({ properties }: Described): string | undefined {
  const [, name] = Object.entries(properties).find(([key]) => naming.test(key)) ?? [];
  return typeof name === 'string' ? name : undefined;
}

export function changedProperties(before: Described, after: Described): string[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)]);
  return [...names].filter(
    (name) => JSON.stringify(before.properties[name]) !== JSON.stringify(after.properties[name]),
  );
}

export function replaces(before: Described, after: Described): boolean {
  if (before.type !== after.type) return true;
  return changedProperties(before, after).some((name) => naming.test(name) || fixed.test(name));
}
