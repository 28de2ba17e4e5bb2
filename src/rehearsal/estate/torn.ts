import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Send } from '../../sim/index.ts';
import type { StandIn } from '../messages.ts';
import { readsTables } from './stand-ins.ts';
import { textIn, type Use, usesOfActions } from './uses.ts';

type Of<Kind extends StandIn['kind']> = Extract<StandIn, { kind: Kind }>;

interface Stood {
  command: string;
  there: readonly Use[];
  standIns: readonly StandIn[];
}

/** Throws `Refusal` for two steps with the same check of which each would have to be given another answer. */
export async function refuseTorn({ command, there, standIns }: Stood, send: Send): Promise<void> {
  for (const one of standIns) {
    const other = one.kind === 'http' ? otherStatus(one, there) : await otherRow(one, standIns, send);
    if (other === undefined) continue;
    const asked = one.kind === 'http' ? one.url : `${one.reference} the same query`;
    throw new Refusal(
      `${command} cannot be rehearsed: ${one.step} and ${other} ask ${asked} and expect different answers, and the ` +
        'simulated cloud does not know when it gives which. Nothing has been begun.',
      'command',
    );
  }
}

function otherStatus({ step, url, status }: Of<'http'>, there: readonly Use[]): string | undefined {
  return usesOfActions(there, 'http.check').find(
    (use) => use.step !== step && textIn(use, 'url') === url && (use.input.status ?? 200) !== status,
  )?.step;
}

async function otherRow(one: Of<'sql'>, standIns: readonly StandIn[], send: Send): Promise<string | undefined> {
  const other = standIns
    .filter((each) => each.kind === 'sql')
    .find((each) => each.step !== one.step && isSameQuery(one, each) && !goTogether(one.row, each.row));
  if (!other || readsTables(one.text)) return other?.step;
  const { reference, text, values } = one;
  const answer = await send({
    service: 'sql',
    command: 'query',
    region: '',
    input: { reference, text, values: values ?? [] },
  });
  // What the simulated database knows, it answers for each of them as things then are.
  return !answer.ok && answer.error.name === 'PostgresError' ? other.step : undefined;
}

function isSameQuery(one: Of<'sql'>, other: Of<'sql'>): boolean {
  if (one.reference !== other.reference || one.text !== other.text) return false;
  return one.values === null || other.values === null || isDeepStrictEqual(one.values, other.values);
}

function goTogether(one: JsonObject, other: JsonObject): boolean {
  return Object.entries(one).every(([column, value]) => !Object.hasOwn(other, column) || other[column] === value);
}
