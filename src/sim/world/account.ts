import type { GetServiceQuotaCommandInput, GetServiceQuotaCommandOutput } from '@aws-sdk/client-service-quotas';
import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  GetCallerIdentityCommandInput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts';
import { type Operations, reading } from './operation.ts';
import { refuse } from './refuse.ts';

const hourMs = 3_600_000;

export const quotaOperations: Operations = {
  GetServiceQuota: reading<GetServiceQuotaCommandInput, GetServiceQuotaCommandOutput>((scene, input) => {
    const { ServiceCode, QuotaCode } = input;
    const quota = scene.state.estate.quotas.find(
      (one) => one.region === scene.region && one.service === ServiceCode && one.code === QuotaCode,
    );
    if (!quota)
      refuse('NoSuchResourceException', `There is no quota ${QuotaCode} of ${ServiceCode} in ${scene.region}.`);
    return {
      Quota: {
        ServiceCode,
        QuotaCode,
        QuotaName: quota.name,
        Value: quota.value,
        Unit: 'None',
        Adjustable: true,
        GlobalQuota: false,
      },
    };
  }),
};

export const stsOperations: Operations = {
  GetCallerIdentity: reading<GetCallerIdentityCommandInput, GetCallerIdentityCommandOutput>((scene) => ({
    Account: scene.state.estate.account,
    Arn: `arn:aws:sts::${scene.state.estate.account}:assumed-role/muster/simulated`,
    UserId: 'AROASIMULATED:simulated',
  })),
  AssumeRole: reading<AssumeRoleCommandInput, AssumeRoleCommandOutput>((scene, input) => ({
    Credentials: {
      AccessKeyId: 'ASIASIMULATED',
      SecretAccessKey: 'simulated',
      SessionToken: 'simulated',
      Expiration: new Date(scene.state.at + hourMs),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROASIMULATED:${input.RoleSessionName}`,
      Arn: `${input.RoleArn?.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${input.RoleSessionName}`,
    },
  })),
};
