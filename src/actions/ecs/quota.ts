import { DescribeTaskDefinitionCommand, type Service } from '@aws-sdk/client-ecs';
import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import type { Check } from '../../domain/action.ts';
import { judge, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import type { ScaleInput } from './scale-input.ts';

/** Fargate On-Demand vCPU resource count. */
const fargateVcpu = { ServiceCode: 'fargate', QuotaCode: 'L-3032A538' };

/** Whether the Region's Fargate quota has room for the tasks; what other services use of it is not counted. */
export async function checkQuota(input: ScaleInput, service: Service, ctx: KitContext): Promise<Check> {
  const question: Question = {
    id: 'quota',
    title: 'Fargate quota',
    expected: `room for ${input.count} tasks`,
    carry: 'with-reason',
  };
  if (!isFargate(service)) return judge(question, true, 'not on Fargate: its instances set the limit');
  const [task, quota] = await Promise.all([readTaskVcpu(input, service, ctx), readQuota(input.region, ctx)]);
  if (!task.ok) return notKnown(question, task.sentence, task.fault);
  if (!quota.ok) return notKnown(question, quota.sentence, quota.fault);
  const needed = task.value * input.count;
  const found = `${needed} of ${quota.value} vCPU in ${input.region}, not counting what other services use`;
  return judge(question, needed <= quota.value, found);
}

function isFargate({ launchType, capacityProviderStrategy }: Service): boolean {
  const providers = capacityProviderStrategy ?? [];
  if (providers.length > 0) return providers.some(({ capacityProvider }) => capacityProvider?.startsWith('FARGATE'));
  return launchType !== 'EC2' && launchType !== 'EXTERNAL';
}

function readTaskVcpu({ region }: ScaleInput, service: Service, ctx: KitContext): Promise<Reading<number>> {
  return reading(`task definition ${service.taskDefinition ?? 'without a name'} in ${region}`, async () => {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition });
    const { taskDefinition } = await ctx.aws.ecs(region).send(command);
    const units = Number(taskDefinition?.cpu);
    if (!Number.isFinite(units) || units <= 0) throw new Error('it names no CPU units');
    return units / 1_024;
  });
}

/** The account's own value, or AWS's default where none was ever applied. */
async function readQuota(region: string, ctx: KitContext): Promise<Reading<number>> {
  const what = `Fargate vCPU quota in ${region}`;
  const quotas = ctx.aws.quotas(region);
  const own = await reading(what, async () => limitIn(await quotas.send(new GetServiceQuotaCommand(fargateVcpu))));
  if (own.ok || own.fault !== 'not-found') return own;
  return reading(what, async () => limitIn(await quotas.send(new GetAWSDefaultServiceQuotaCommand(fargateVcpu))));
}

function limitIn({ Quota: quota }: { Quota?: { Value?: number | undefined } | undefined }): number {
  if (quota?.Value === undefined) throw new Error('the answer holds no value');
  return quota.Value;
}
