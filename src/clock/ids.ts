import { randomBytes } from 'node:crypto';
import type { Ids } from '../domain/ports/clock.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Sixteen letters of five random bits each: 80 bits, without letters that are easily confused. */
export const randomIds: Ids = {
  next(prefix) {
    const letters = Array.from(randomBytes(16), (byte) => alphabet[byte % 32]);
    return `${prefix}_${letters.join('')}`;
  },
};

/** From 0 up to 1, for jitter. */
export const randomChance = (): number => randomBytes(4).readUInt32BE(0) / 2 ** 32;
