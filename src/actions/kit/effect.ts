import { FarEndTrouble } from '../../domain/trouble.ts';
import { faultOf, isFromOutside } from './fault.ts';

/** Sends an effect; what the far end answers instead becomes one sentence. Guards of this side throw as they are. */
export async function effect<T>(what: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isFromOutside(error)) throw error;
    const { kind, why } = faultOf(error);
    throw new FarEndTrouble(`${what} was not confirmed: ${why}.`, kind);
  }
}

/** Sends an effect whose request holds a secret: AWS may quote what it refuses, so only the answer's name is told. */
export async function secretEffect<T>(what: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isFromOutside(error)) throw error;
    const { kind, why } = faultOf(error);
    const name = error instanceof Error ? error.name : 'no name was given';
    const told = kind === 'refused' ? `it was refused (${name})` : why;
    throw new FarEndTrouble(`${what} was not confirmed: ${told}.`, kind);
  }
}

/** Sends one after the other. One that fails keeps none of the others from being sent; the first failure is thrown. */
export async function sendInTurn(sends: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const send of sends) await send().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
