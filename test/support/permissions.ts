import { catalogue } from '../../src/actions/catalogue.ts';
import type { SentCommand } from '../../src/actions/kit/aws.ts';
import { iamPolicy } from '../../src/cli/iam-policy.ts';
import type { Command } from '../../src/domain/command.ts';

/** Compares what commands ask AWS for with the policy that `muster iam-policy` prints. */
export interface Permissions {
  /** Told of every request to AWS. */
  heard(sent: SentCommand): void;
  /** From now on this command asks. */
  begin(command: string): void;
  /** What a command has asked for and its own policy does not allow: `plan rds:PromoteReadReplica`. */
  beyond(command: string, commands: readonly Command[]): string[];
  /** What the policy of all these commands allows and none has asked for, nor a service in their name. */
  unasked(commands: readonly Command[]): string[];
}

type Roles = ReturnType<typeof iamPolicy>;

/** Everybody may ask whose credentials they hold. */
const needless = 'sts:GetCallerIdentity';

export function watchPermissions(): Permissions {
  const asked = new Map<string, Set<string>>();
  let asking = '';
  return {
    heard({ purpose, permission }) {
      if (permission !== needless) asked.get(asking)?.add(`${purpose} ${permission}`);
    },
    begin(command) {
      asking = command;
      if (!asked.has(command)) asked.set(command, new Set());
    },
    beyond(command, commands) {
      const own = commands.filter(({ name }) => name === command);
      const policies = iamPolicy(own, catalogue);
      const looking = iamPolicy(fencesOf(commands.filter(({ name }) => asked.has(name))), catalogue);
      const looks = allowedBy(looking, 'plan_role');
      const allowed = new Set([
        ...[...allowedBy(policies, 'plan_role'), ...looks].map((permission) => `plan ${permission}`),
        ...[...allowedBy(policies, 'run_role'), ...looks].map((permission) => `run ${permission}`),
      ]);
      return [...(asked.get(command) ?? [])].filter((one) => !allowed.has(one)).sort();
    },
    unasked(commands) {
      const used = new Set(commands.flatMap(({ steps }) => steps.map(({ uses }) => uses)));
      const byServices = [...used].flatMap((name) => catalogue.get(name)?.iam.asCaller ?? []);
      const names = new Set([...asked.values()].flatMap((each) => [...each].map((one) => one.split(' ')[1] ?? '')));
      const left = allowedBy(iamPolicy(commands, catalogue), 'run_role');
      return left.filter((permission) => !names.has(permission) && !byServices.includes(permission)).sort();
    },
  };
}

/** The return guard of a run that has ended goes on looking at its fences, while other commands are played. */
function fencesOf(played: readonly Command[]): Command[] {
  return played.map((command) => ({ ...command, steps: command.steps.filter(({ fence }) => fence) }));
}

function allowedBy(policies: Roles, role: keyof Roles): string[] {
  return policies[role].Statement.flatMap(({ Action }) => Action);
}
