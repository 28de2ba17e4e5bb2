import type { World } from '../../src/sim/index.ts';
import type { State } from '../../src/sim/world/state.ts';

const west = 'us-west-2';
const oldPassword = 'simulated-7f3a91c2';

/** What holds after a breach was dealt with, as the cloud knows it: sentences about what does not. */
export function cutOff(world: World, image: string): string[] {
  const state = world.snapshot() as unknown as State;
  const service = state.services.find((one) => one.region === west);
  const unmet = [
    ...evidence(world, state),
    ...contained(state),
    ...passwords(state),
    [service?.tasks.filter(({ status }) => status === 'RUNNING').length === 2, 'two tasks run'],
    [imageOf(state, service?.taskDefinition ?? '') === image, 'they run the image that is known to be good'],
    [world.audit().writersOverlapMs === 0, 'one database took writes at a time'],
  ] as [boolean, string][];
  return unmet.flatMap(([holds, sentence]) => (holds ? [] : [`it is not so that ${sentence}`]));
}

/** Kept, and before anything that changes what it shows. */
function evidence(world: World, state: State): [boolean, string][] {
  const sent = world.audit().effects.filter(({ accepted }) => accepted);
  const first = (command: string): number => sent.findIndex((one) => one.command === command);
  const isBefore = (one: string, other: string): boolean => first(one) >= 0 && first(one) < first(other);
  const kept = state.rds.snapshots.filter(({ id, status }) => id.includes('-evidence-') && status === 'available');
  return [
    [state.ec2.snapshots.filter(({ status }) => status === 'completed').length === 2, 'both disks are kept'],
    [kept.length === 1, 'the database is kept'],
    [
      isBefore('CreateSnapshots', 'ModifyNetworkInterfaceAttribute'),
      'the disks were kept before the machine was cut off',
    ],
    [isBefore('CreateDBSnapshot', 'RevokeSecurityGroupIngress'), 'the database was kept before the backend was closed'],
    [isBefore('CreateDBSnapshot', 'UpdateService'), 'the database was kept before the backend was stopped'],
  ];
}

function contained(state: State): [boolean, string][] {
  const [machine] = state.ec2.instances;
  const group = state.ec2.groups.find(({ region, id }) => region === west && id === 'sg-0c10app');
  const ports = group?.rules.map((rule) => `${rule.egress ? 'out' : 'in'} ${rule.from ?? 'all'}`).sort();
  const [key] = state.iam.users[0]?.accessKeys ?? [];
  return [
    [machine?.interfaces[0]?.groups.join() === 'sg-0c10contain', 'the machine lets nothing through'],
    [machine?.profile === null && machine.protected, 'the machine has no role and stays'],
    [ports?.join() === 'in 8080,out all', `the backend is reached by the load balancer alone (${ports?.join()})`],
    [key?.status === 'Inactive', 'the leaked key opens nothing'],
    [state.iam.roles.every(({ policies }) => Object.keys(policies).length === 1), 'sessions of both roles are ended'],
  ];
}

function passwords(state: State): [boolean, string][] {
  const database = state.databases.find((one) => one.region === west);
  const secret = state.secrets.secrets.find((one) => one.region === west);
  const current = secret?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.value ?? '';
  const parameter = state.ssm.parameters.find((one) => one.region === west && one.name.endsWith('/password'));
  const password = database?.password ?? oldPassword;
  return [
    [password !== oldPassword, 'the database has another password'],
    [current.includes(password), 'the secret has that of the database'],
    [parameter?.versions.at(-1)?.value === password, 'the backend is given that of the database'],
    [secret?.versions.every(({ stages }) => !stages.includes('AWSPREVIOUS')) === true, 'the old one is given up'],
  ];
}

function imageOf({ taskDefinitions }: State, name: string): string | undefined {
  const [family, revision] = name.split(':');
  return taskDefinitions.find(
    (one) => one.region === west && one.family === family && String(one.revision) === revision,
  )?.containers[0]?.image;
}
