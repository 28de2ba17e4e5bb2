import type { CloudFormationEstate } from './estate.ts';
import { type Described, describeResources, nameOf } from './resolve.ts';
import { parseTemplate } from './template.ts';

export interface CloudFormationState {
  stacks: Stack[];
  changeSets: ChangeSet[];
  orphans: { region: string; type: string; name: string }[];
  changeSetMs: number;
  resourceMs: number;
  rollbackMs: number;
}

/** What a stack is made from. */
export interface Source {
  template: string;
  parameters: Record<string, string>;
}

export interface Stack extends Source {
  region: string;
  name: string;
  id: string;
  status: string;
  reason: string | null;
  capabilities: string[];
  tags: Record<string, string>;
  protected: boolean;
  createdAt: number;
  updatedAt: number | null;
  deletedAt: number | null;
  /** By logical id. */
  resources: Record<string, { type: string; physicalId: string; status: string }>;
  /** Oldest first. */
  events: StackEvent[];
  doing: Doing | null;
}

export interface StackEvent {
  at: number;
  logicalId: string;
  type: string;
  status: string;
  reason: string | null;
  token: string | null;
}

/** A change under way, resource by resource. */
export interface Doing {
  what: 'create' | 'update' | 'delete' | 'roll back';
  token: string | null;
  changeSet: string | null;
  /** What is still to be done; the first is under way. */
  steps: { change: 'Add' | 'Modify' | 'Remove'; logicalId: string }[];
  /** What it was, to go back to. */
  before: Source & { resources: Stack['resources'] };
}

export interface ChangeSet extends Source {
  region: string;
  stack: string;
  stackName: string;
  name: string;
  id: string;
  type: 'CREATE' | 'UPDATE';
  createdAt: number;
  readyAt: number;
  execution: 'AVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'EXECUTE_FAILED';
  capabilities: string[];
  tags: Record<string, string> | null;
  changes: Change[];
}

export interface Change {
  action: 'Add' | 'Modify' | 'Remove';
  logicalId: string;
  physicalId: string | null;
  type: string;
  replacement: boolean;
  retained: boolean;
}

const ageMs = 90 * 86_400_000;

export function buildCloudFormation(estate: CloudFormationEstate, at: number, account: string): CloudFormationState {
  const { stacks, orphans, ...waits } = estate;
  return {
    ...waits,
    orphans: structuredClone(orphans),
    changeSets: [],
    stacks: stacks.map((spec) => buildStack(spec, at, account)),
  };
}

/** A stack that has long been there, holding what its template describes. */
function buildStack(spec: CloudFormationEstate['stacks'][number], at: number, account: string): Stack {
  const { region, name, template } = spec;
  const source = { template, parameters: withDefaults(spec) };
  const described = Object.entries(describedBy(account, { region, name }, source));
  const resources = described.map(([logicalId, one]) => {
    const physicalId = nameOf(one) ?? `${name}-${logicalId}-SIMULATED`;
    return [logicalId, { type: one.type, physicalId, status: 'CREATE_COMPLETE' }] as const;
  });
  return {
    ...{ region, name, ...source },
    id: stackArn(region, account, name, '0'.repeat(12)),
    status: 'CREATE_COMPLETE',
    reason: null,
    capabilities: [...spec.capabilities],
    tags: { ...spec.tags },
    protected: spec.protected,
    createdAt: at - ageMs,
    updatedAt: null,
    deletedAt: null,
    resources: Object.fromEntries(resources),
    events: [],
    doing: null,
  };
}

/** What a stack's source describes, its parameters put in. */
export function describedBy(
  account: string,
  { region, name }: Pick<Stack, 'region' | 'name'>,
  { template, parameters }: Source,
): Record<string, Described> {
  const own = { 'AWS::Region': region, 'AWS::StackName': name, 'AWS::AccountId': account };
  return describeResources(parseTemplate(template), { ...own, ...parameters });
}

export function stackArn(region: string, account: string, name: string, unique: string): string {
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${unique}`;
}

function withDefaults({ template, parameters }: Source): Record<string, string> {
  const declared = Object.entries(parseTemplate(template).Parameters);
  return Object.fromEntries(declared.map(([name, { Default }]) => [name, parameters[name] ?? Default ?? '']));
}
