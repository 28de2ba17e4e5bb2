import type { z } from 'zod';
import type { CloudCall, Send } from './call.ts';

/** Asks a world what is no AWS call. Rejects with its sentence, or with one of its own where the answer has another shape. */
export async function ask<T>(
  send: Send,
  service: string,
  command: string,
  input: CloudCall['input'],
  shape: z.ZodType<T>,
): Promise<T> {
  const answer = await send({ service, command, region: '', input });
  if (!answer.ok) {
    const { name, message } = answer.error;
    throw Object.assign(new Error(message), name === 'CredentialsRefused' ? { name } : {});
  }
  const read = shape.safeParse(answer.output);
  if (read.success) return read.data;
  throw new Error(`The ${service} probe was answered with something that it cannot read.`);
}
