import { json, type Realism } from './moto-wire.ts';

/** moto knows no quotas of Fargate; a usual account's is 100 vCPU. */
export function createQuotaRealism(vcpu = 100): Realism {
  return {
    before: async (call) => {
      if (call.service !== 'servicequotas' || call.operation !== 'GetServiceQuota') return undefined;
      const { ServiceCode, QuotaCode } = call.fields;
      return json(200, { Quota: { ServiceCode, QuotaCode, Value: vcpu, Unit: 'None' } });
    },
  };
}
