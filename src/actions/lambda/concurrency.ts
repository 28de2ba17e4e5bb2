import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';
import { type FunctionRef, nameFunction, readConfiguration } from './function.ts';

/** What is reserved for the function; null where nothing is, which is not 0. */
export async function readReserved(ref: FunctionRef, ctx: KitContext): Promise<Reading<number | null>> {
  const [there, reserved] = await Promise.all([
    readConfiguration(ref, ctx),
    reading(`concurrency of the ${nameFunction(ref)}`, async () => {
      const command = new GetFunctionConcurrencyCommand({ FunctionName: ref.function });
      return (await ctx.aws.lambda(ref.region).send(command)).ReservedConcurrentExecutions ?? null;
    }),
  ]);
  return there.ok ? reserved : there;
}

/** Executions at once that are reserved for nobody. */
export function readUnreserved(region: string, ctx: KitContext): Promise<Reading<number>> {
  return reading(`concurrency of the account in ${region}`, async () => {
    const { AccountLimit } = await ctx.aws.lambda(region).send(new GetAccountSettingsCommand({}));
    return stated(AccountLimit?.UnreservedConcurrentExecutions, 'what is unreserved');
  });
}

const usualAgeSeconds = 6 * 3_600;

export interface AsyncEvents {
  /** How long an event that was handed over waits, in seconds. */
  waitSeconds: number;
  /** Where it goes then; null where it is dropped. */
  leads: string | null;
}

/** What becomes of events that were handed to a function that may not run. */
export async function readAsyncEvents(ref: FunctionRef, ctx: KitContext): Promise<Reading<AsyncEvents>> {
  const read = await reading(`event settings of the ${nameFunction(ref)}`, () =>
    ctx.aws.lambda(ref.region).send(new GetFunctionEventInvokeConfigCommand({ FunctionName: ref.function })),
  );
  const [settings, configuration] = [orAbsent(read), await readConfiguration(ref, ctx)];
  if (!configuration.ok) return configuration;
  const letters = configuration.value.DeadLetterConfig?.TargetArn ?? null;
  return mapReading(settings, (found) => ({
    waitSeconds: found?.MaximumEventAgeInSeconds ?? usualAgeSeconds,
    leads: found?.DestinationConfig?.OnFailure?.Destination ?? letters,
  }));
}

/** Absent is set by deleting the setting. */
export async function reserve(ref: FunctionRef, reserved: number | null, ctx: KitContext): Promise<void> {
  const lambda = ctx.aws.lambda(ref.region);
  const FunctionName = ref.function;
  await effect(`The concurrency of the ${nameFunction(ref)}`, async () => {
    if (reserved === null) await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    else await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reserved }));
  });
}
