import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, notKnown, type Question } from '../kit/checks.ts';
import { label } from '../kit/fields.ts';
import type { Reading } from '../kit/reading.ts';

/** What a restore takes from the Region's defaults, not from the source, unless it is told. */
export const settingFields = {
  security_groups: z
    .array(label)
    .min(1, 'expected at least one security group')
    .optional()
    .describe('Security groups of the new instance.'),
  subnet_group: label.optional().describe('DB subnet group of the new instance.'),
  parameter_group: label.optional().describe('DB parameter group of the new instance.'),
  class: label.optional().describe('Class of the new instance, such as db.r6g.large.'),
  multi_az: z.boolean().optional().describe('Whether the new instance has a standby in another zone.'),
};
export type GivenSettings = z.output<z.ZodObject<typeof settingFields>>;

export const Settings = z.strictObject({
  security_groups: z.array(z.string()),
  subnet_group: z.string().nullable(),
  parameter_group: z.string().nullable(),
  class: z.string().nullable(),
  multi_az: z.boolean(),
  public: z.boolean(),
});
export type Settings = z.output<typeof Settings>;

export function settingsOf(instance: DBInstance): Settings {
  return {
    security_groups: groupsOf(instance).map(({ id }) => id),
    subnet_group: instance.DBSubnetGroup?.DBSubnetGroupName ?? null,
    parameter_group: instance.DBParameterGroups?.[0]?.DBParameterGroupName ?? null,
    class: instance.DBInstanceClass ?? null,
    multi_az: instance.MultiAZ ?? false,
    public: instance.PubliclyAccessible ?? false,
  };
}

/** Its security groups in order of their ids, and whether each is in force. */
export function groupsOf({ VpcSecurityGroups: groups = [] }: DBInstance): { id: string; active: boolean }[] {
  return groups
    .flatMap(({ VpcSecurityGroupId: id, Status: status }) => (id ? [{ id, active: status === 'active' }] : []))
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** Whether nothing is left to take from another instance. */
export function isComplete(given: GivenSettings): boolean {
  return Object.keys(settingFields).every((name) => given[name as keyof GivenSettings] !== undefined);
}

/** What is given, and for the rest what the model has. */
export function chooseSettings(given: GivenSettings, model: Settings | null): Settings {
  return {
    security_groups: given.security_groups?.toSorted((a, b) => a.localeCompare(b)) ?? model?.security_groups ?? [],
    subnet_group: given.subnet_group ?? model?.subnet_group ?? null,
    parameter_group: given.parameter_group ?? model?.parameter_group ?? null,
    class: given.class ?? model?.class ?? null,
    multi_az: given.multi_az ?? model?.multi_az ?? false,
    public: model?.public ?? false,
  };
}

/** Without them RDS takes the Region's defaults, and the application cannot connect or finds other parameters. */
export function checkSettings(given: GivenSettings, model: Reading<Settings | null>): Check {
  const expected = 'security groups, a subnet group and a parameter group, given or taken from an instance like it';
  const question: Question = { id: 'settings', title: 'application can use it', expected, carry: 'never' };
  const chosen = chooseSettings(given, model.ok ? model.value : null);
  const lacking = [
    ...(chosen.security_groups.length === 0 ? ['security_groups'] : []),
    ...(chosen.subnet_group === null ? ['subnet_group'] : []),
    ...(chosen.parameter_group === null ? ['parameter_group'] : []),
  ];
  if (!model.ok && model.fault !== 'not-found') return notKnown(question, model.sentence, model.fault);
  if (!model.ok) return judge(question, false, model.sentence);
  const groups = `${chosen.security_groups.join(', ')}; ${chosen.subnet_group}; ${chosen.parameter_group}`;
  return judge(question, lacking.length === 0, lacking.length === 0 ? groups : `no ${lacking.join(', no ')}`);
}
