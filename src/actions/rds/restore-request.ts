import type { RestoreDBInstanceFromDBSnapshotCommandInput } from '@aws-sdk/client-rds';
import type { KitContext } from '../kit/context.ts';
import { ownerTags } from '../kit/owner.ts';
import type { Settings } from './restore-settings.ts';

type Asked = Omit<RestoreDBInstanceFromDBSnapshotCommandInput, 'DBInstanceIdentifier'>;

/** What both restores ask for besides what they restore. */
export function restoreRequest(settings: Settings, { owner }: Pick<KitContext, 'owner'>): Asked {
  const { security_groups, subnet_group, parameter_group, class: size, multi_az } = settings;
  return {
    VpcSecurityGroupIds: security_groups,
    MultiAZ: multi_az,
    PubliclyAccessible: settings.public,
    Tags: ownerTags(owner),
    ...(subnet_group === null ? {} : { DBSubnetGroupName: subnet_group }),
    ...(parameter_group === null ? {} : { DBParameterGroupName: parameter_group }),
    ...(size === null ? {} : { DBInstanceClass: size }),
  };
}
