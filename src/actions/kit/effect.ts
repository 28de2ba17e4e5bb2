import { faultOf, isFromOutside } from './fault.ts';

/** Sends an effect; what the far end answers instead becomes one sentence. Guards of this side throw as they are. */
export async function effect<T>(what: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isFromOutside(error)) throw error;
    throw new Error(`${what} was not confirmed: ${faultOf(error).why}.`);
  }
}
