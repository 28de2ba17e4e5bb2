import { Refusal } from '../domain/errors.ts';
import { readVariable } from './process-env.ts';

/** The secret that a reference such as `env:ORDERS_DB_URL` stands for; its value is never part of an error. */
export async function secretFromEnvironment(reference: string): Promise<string> {
  const [kind, name = ''] = reference.split(':', 2);
  if (kind !== 'env' || name === '') {
    throw new Refusal(
      `${reference} is no reference to a secret: write env:NAME, with NAME a variable of Muster's environment.`,
    );
  }
  const value = readVariable(name);
  if (!value) throw new Refusal(`${reference} names a variable that is not set: set ${name} in Muster's environment.`);
  return value;
}
