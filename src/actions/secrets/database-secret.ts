import { label, region } from '../kit/fields.ts';
import { connection } from '../sql/connection.ts';
import { secretName, valueKey } from './secret.ts';

/** Inputs that name a secret and the database that its password opens. */
export const databaseSecret = {
  region,
  secret: secretName,
  key: valueKey,
  database: label.describe('DB instance identifier; the secret holds the password of its master user.'),
  connection: connection.describe(
    'Reference to a connection to that database: its address is used, with the passwords of the secret, to see which are let in.',
  ),
};
