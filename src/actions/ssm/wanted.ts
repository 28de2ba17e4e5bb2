import type { KitContext } from '../kit/context.ts';
import { mapReading, type Reading, reading, stated } from '../kit/reading.ts';
import { passwordIn, readSecret } from '../secrets/secret.ts';
import { nameParameter, readParameter } from './parameter.ts';
import type { SetInput } from './set-input.ts';

/** What the parameter is to hold, resolved only where it is sent or compared. */
export async function readWanted(input: SetInput, ctx: KitContext): Promise<Reading<string>> {
  if (input.from_secret) {
    const { secret, key } = input.from_secret;
    const text = await readSecret({ region: input.region, secret }, { stage: 'AWSCURRENT' }, ctx);
    return text.ok ? reading(`password in secret ${secret}`, async () => passwordIn(text.value, key)) : text;
  }
  if (input.version === undefined) return { ok: true, value: input.value ?? '' };
  const kept = await readParameter(input, ctx, { version: input.version, decrypt: true });
  return mapReading(kept, ({ value }) => stated(value, `a value of the ${nameParameter(input)}`));
}
