import { NobodyListens, Refusal } from '../../domain/errors.ts';

/** A step is running an instant before its own workflow is there to be told. */
export async function heard(step: string, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (error instanceof NobodyListens)
      throw new Refusal(`${step} is only beginning: nothing was noted, answer it again in a moment.`, 'step');
    throw error;
  }
}
