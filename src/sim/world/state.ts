import type { CloudFormationState } from './cloudformation/state.ts';
import type { DynamoDbState } from './dynamodb/state.ts';
import type { Ec2State } from './ec2/state.ts';
import type { TaskDefinitions } from './ecs/definition.ts';
import type { Estate, RecordSet } from './estate.ts';
import type { Fault } from './fault.ts';
import type { IamState } from './iam/state.ts';
import type { LambdaState } from './lambda/state.ts';
import type { ProgramsState } from './programs/state.ts';
import type { Damage, RdsState } from './rds/state.ts';
import type { Bucket } from './s3/state.ts';
import type { SecretsState } from './secrets/state.ts';
import type { SsmState } from './ssm/state.ts';

/** Everything a world is, as JSON; times are milliseconds since 1970. */
export interface State {
  version: 1;
  estate: Estate;
  /** How far the model has been carried forward. */
  at: number;
  pending: Due[];
  /** Counts what was ever minted, so that names and order are reproducible. */
  serial: number;
  salt: string;
  databases: Database[];
  services: Service[];
  taskDefinitions: TaskDefinitions;
  scalables: Scalable[];
  zones: Zone[];
  changes: Change[];
  healthChecks: HealthCheck[];
  buckets: Bucket[];
  /** Faults that have taken buckets away already. */
  bucketsStruck: string[];
  rds: RdsState;
  dynamoDb: DynamoDbState;
  lambda: LambdaState;
  cloudFormation: CloudFormationState;
  programs: ProgramsState;
  ec2: Ec2State;
  iam: IamState;
  ssm: SsmState;
  secrets: SecretsState;
  /** Where resolvers send people, by name: a balancer's DNS name, or empty for nowhere; `next` once their answer expires. */
  traffic: Record<string, { target: string; next: string | null }>;
  series: Record<string, [at: number, value: number][]>;
  faults: SetFault[];
  effects: Effect[];
  /** `spells` is when each database took writes, the first first; `until` is null while it does. */
  writers: { overlapMs: number; spells: { region: string; id: string; from: number; until: number | null }[] };
  promotions: { at: number; region: string; id: string; lostSeconds: number }[];
}

/** Something that happens by itself at a known time. */
export interface Due {
  at: number;
  order: number;
  what: DueKind;
  subject: string;
  detail: string;
}

export type DueKind =
  | 'tick'
  | 'database.next'
  | 'service.act'
  | 'task.pending'
  | 'task.running'
  | 'task.stopping'
  | 'task.stopped'
  | 'task.fails'
  | 'change.insync'
  | 'health.flip'
  | 'traffic.follow'
  | 'dynamoDb.next'
  | 'lambda.next'
  | 'cloudFormation.next'
  | 'ec2.next'
  | 'iam.next'
  | 'ssm.next'
  | 'secrets.next'
  | 'snapshot.next'
  | 's3.next';

export interface Database {
  region: string;
  id: string;
  /** What stays the same when it is renamed. */
  resourceId: string;
  label: string;
  securityGroups: string[];
  /** Since when its groups admit nobody, and when every connection to it last ended. */
  sealedAt: number | null;
  restartedAt: number;
  subnetGroup: string;
  parameterGroup: string;
  instanceClass: string;
  storageGb: number;
  backupRetentionDays: number;
  backupWindow: string;
  multiAz: boolean;
  deletionProtection: boolean;
  createdAt: number;
  status: string;
  /** What it is becoming, and the steps left, soonest first. */
  doing: { what: DatabaseWork; steps: { status: string; forMs: number }[] } | null;
  source: { region: string; id: string } | null;
  /** Of one that was restored: whose data it began with. */
  restoredFrom?: string;
  /** The source's last write is this old or older: since when it has been silent, and whether its heartbeat still comes. */
  silent: { since: number; heartbeat: boolean } | null;
  tables: Record<string, number>;
  damage: Damage[];
  /** Of a primary: when something was last written to it. */
  lastWriteAt: number;
  tags: Record<string, string>;
  pendingValues: Record<string, string | number | boolean>;
  /** Of its master user; while it is absent any password is let in. Since when it has this one, if it ever changed. */
  password?: string;
  passwordSince?: number;
  events: { at: number; message: string; categories: string[] }[];
}

export type DatabaseWork =
  | 'promote'
  | 'create'
  | 'modify'
  | 'password'
  | 'reboot'
  | 'stop'
  | 'start'
  | 'delete'
  | 'back-up'
  | `restore ${string}`
  | `rename ${string}`;

export interface Service {
  region: string;
  cluster: string;
  name: string;
  desired: number;
  desiredSince: number;
  /** The scheduler takes a change up at this time, not at once. */
  actsAt: number;
  taskDefinition: string;
  deployments: Deployment[];
  tasks: Task[];
  events: { id: string; at: number; message: string }[];
  /** Its rollouts, the newest first; scaling is none. */
  history: Rollout[];
  circuitBreaker: { enable: boolean; rollback: boolean };
  database: string;
  targetGroup: string;
  cpu: number;
  memory: number;
  /** Fargate's launch allowance: tasks left at `refilledAt`. */
  launches: { left: number; refilledAt: number };
  idleSince: number | null;
}

export interface Deployment {
  id: string;
  status: 'PRIMARY' | 'ACTIVE';
  taskDefinition: string;
  createdAt: number;
  updatedAt: number;
  rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string | null;
  /** Tasks that failed since one last stayed up. */
  failed: number;
}

/** A service deployment as its history keeps it; `id` is its deployment's. */
export interface Rollout {
  id: string;
  taskDefinition: string;
  createdAt: number;
  finishedAt: number | null;
  status: 'IN_PROGRESS' | 'SUCCESSFUL' | 'STOPPED' | 'ROLLBACK_IN_PROGRESS' | 'ROLLBACK_SUCCESSFUL';
  reason: string | null;
  /** The deployment that takes it back. */
  rollback: string | null;
}

export interface Task {
  id: string;
  deployment: string;
  taskDefinition: string;
  status: 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';
  address: string;
  zone: string;
  createdAt: number;
  startedAt: number | null;
  stoppedAt: number | null;
  stoppedReason: string | null;
  stopCode: 'ServiceSchedulerInitiated' | 'TaskFailedToStart' | 'EssentialContainerExited' | null;
  /** Its image is broken: it runs, and will end by itself. */
  failing: boolean;
  /** Where it writes, and with which password, as its definition said when it was made. */
  database: { region: string; id: string; password?: string };
  /** No place was found for it yet. */
  unplaced: boolean;
}

export interface Scalable {
  region: string;
  cluster: string;
  service: string;
  min: number;
  max: number;
  suspended: { in: boolean; out: boolean; scheduled: boolean };
  createdAt: number;
}

export interface Zone {
  id: string;
  name: string;
  /** What was asked for, and what the name servers give out once the change is in sync. */
  records: RecordSet[];
  served: RecordSet[];
}

export interface Change {
  id: string;
  zone: string;
  status: 'PENDING' | 'INSYNC';
  submittedAt: number;
  comment: string | null;
  records: RecordSet[];
}

export interface HealthCheck {
  id: string;
  region: string;
  bucket: string;
  key: string;
  inverted: boolean;
  /** What the checkers last agreed on: the object answered. */
  reached: boolean;
  flipping: boolean;
}

export interface SetFault {
  id: string;
  fault: Fault;
  since: number;
  /** Calls that matched so far, for faults that strike at a certain call. */
  matched: number;
}

/** A call that changes something, as the cloud saw it. */
export interface Effect {
  at: number;
  service: string;
  command: string;
  region: string;
  target: string;
  accepted: boolean;
}
