import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionPlan, Check, DataAtRisk } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { longest, shownName } from './made.ts';
import { checkSettings, chooseSettings, type GivenSettings, type Settings } from './restore-settings.ts';
import { judgeName, newInstance } from './restored.ts';

/** Fields of a restore's plan that people consent to; its name is the run's own, and known only then. */
export const restoreBinds = [
  'instance',
  'suffix',
  'security_groups',
  'subnet_group',
  'parameter_group',
  'class',
  'multi_az',
] as const;

interface Asked extends GivenSettings {
  region: string;
  instance: string;
  suffix: string;
}

interface Read {
  /** What stands at the new instance's name. */
  standing: Reading<DBInstance>;
  model: Reading<Settings | null>;
  /** What is restored: its fields, its checks, and what is not in it. */
  from: JsonObject;
  checks: Check[];
  dataAtRisk: DataAtRisk | undefined;
}

/** The plan of a new instance that is made of a backup, whatever the backup is. */
export function planRestored(input: Asked, read: Read, ctx: KitContext): ActionPlan {
  const { region, instance, suffix } = input;
  const name = judgeName(newInstance(input, ctx), read.standing, ctx);
  const { public: _, ...settings } = chooseSettings(input, read.model.ok ? read.model.value : null);
  const asked = { instance, suffix, ...read.from };
  return {
    target: { region, resource: `rds:${instance}-${suffix}` },
    before: { ...asked, status: name.status },
    after: { ...asked, ...settings, status: 'available', name: shownName(input, ctx, longest.instance) },
    noChange: name.made,
    checks: name.made ? [name.check] : [...read.checks, checkSettings(input, read.model), name.check],
    estimateMs: 5 * usual.minutes,
    ...(read.dataAtRisk === undefined ? {} : { dataAtRisk: read.dataAtRisk }),
  };
}
