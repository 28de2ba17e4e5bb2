import {
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  type GetTemplateSummaryCommandInput,
  type GetTemplateSummaryCommandOutput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { nameFor } from '../kit/owner.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export interface StackPlace {
  region: string;
  stack: string;
}

const Thrown = z.object({ name: z.string(), message: z.string() });

/** CloudFormation says of what is not there that the request is not valid. */
export function isMissing(error: unknown): boolean {
  const thrown = Thrown.safeParse(error).data;
  if (thrown?.name === 'ChangeSetNotFoundException' || thrown?.name === 'ChangeSetNotFound') return true;
  return thrown?.name === 'ValidationError' && /does not exist/.test(thrown.message);
}

export function nameStack({ region, stack }: StackPlace): string {
  return `stack ${stack} in ${region}`;
}

/** The stack; undefined where there is none, nor more than a change set that nobody has executed. */
export function readStack(place: StackPlace, ctx: KitContext): Promise<Reading<Stack | undefined>> {
  return reading(nameStack(place), async () => {
    try {
      const { Stacks } = await ctx.aws
        .cloudFormation(place.region)
        .send(new DescribeStacksCommand({ StackName: place.stack }));
      const stack = stated(Stacks?.[0], 'the stack');
      return stated(stack.StackStatus, 'its status') === 'REVIEW_IN_PROGRESS' ? undefined : stack;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

/** The template as it was last given; undefined where there is no stack. */
export function readTemplate(place: StackPlace, ctx: KitContext): Promise<Reading<string | undefined>> {
  return reading(`template of ${nameStack(place)}`, async () => {
    try {
      const answer = await ctx.aws
        .cloudFormation(place.region)
        .send(new GetTemplateCommand({ StackName: place.stack, TemplateStage: 'Original' }));
      return stated(answer.TemplateBody, 'the template');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  });
}

/** What a template declares, as CloudFormation itself reads it. */
export interface Summary {
  parameters: { name: string; fallback: string | undefined; secret: boolean }[];
  capabilities: string[];
  /** Resources by their logical id. */
  resources: { id: string; type: string }[];
}

export function readSummary(
  region: string,
  of: Pick<GetTemplateSummaryCommandInput, 'TemplateBody' | 'StackName'>,
  ctx: KitContext,
): Promise<Reading<Summary>> {
  return reading(`declarations of the template for ${region}`, async () =>
    summaryOf(await ctx.aws.cloudFormation(region).send(new GetTemplateSummaryCommand(of))),
  );
}

function summaryOf(answer: GetTemplateSummaryCommandOutput): Summary {
  const groups = stated(answer.ResourceTypes, 'its resources') && (answer.ResourceIdentifierSummaries ?? []);
  return {
    parameters: (answer.Parameters ?? []).map(({ ParameterKey, DefaultValue, NoEcho }) => ({
      name: stated(ParameterKey, 'the name of a parameter'),
      fallback: DefaultValue,
      secret: NoEcho === true,
    })),
    capabilities: [...(answer.Capabilities ?? [])],
    resources: groups.flatMap(({ ResourceType: type, LogicalResourceIds: ids }) =>
      (ids ?? []).map((id) => ({ id, type: stated(type, 'the type of a resource') })),
    ),
  };
}

export function parametersOf(stack: Stack): Record<string, string> {
  return Object.fromEntries((stack.Parameters ?? []).map((one) => [one.ParameterKey ?? '', one.ParameterValue ?? '']));
}

/** The name of the stack itself: a new one beside is of this run alone. */
export function stackOf(input: { stack: string; suffix?: string | undefined }, owner: string): string {
  return input.suffix === undefined ? input.stack : nameFor(owner, input.stack, input.suffix, 128);
}
