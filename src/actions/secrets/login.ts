import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading } from '../kit/reading.ts';
import { readInstance } from '../rds/instance.ts';
import { passwordIn, readSecret, type SecretRef } from './secret.ts';

/** A secret, and the database that its password opens. */
export interface DatabaseSecret extends SecretRef {
  key: string;
  database: string;
  connection: string;
}

const timeoutMs = 5_000;

/** Whether the database lets its master user in with the password of that version. Unread where nobody could ask it. */
export async function tryPassword(
  of: DatabaseSecret,
  which: { stage: string } | { version: string },
  ctx: KitContext,
): Promise<Reading<boolean>> {
  const [text, instance] = await Promise.all([
    readSecret(of, which, ctx),
    readInstance({ region: of.region, instance: of.database }, ctx),
  ]);
  if (!text.ok) return text;
  if (!instance.ok) return instance;
  const login = await reading(`database ${of.connection}`, async () => {
    const asked = { user: instance.value.MasterUsername, password: passwordIn(text.value, of.key) };
    const rows = await ctx.sql.query(of.connection, 'select 1 as one', [], { timeoutMs, login: asked });
    if (rows[0]?.one !== 1) throw new Error('its answer to select 1 was not 1');
    return true;
  });
  return !login.ok && login.fault === 'denied' ? { ok: true, value: false } : login;
}

export function checkLetsIn(id: string, title: string, login: Reading<boolean>): Check {
  const question: Question = { id, title, expected: 'the database lets it in', carry: 'never' };
  return judgeReading(question, login, (isIn) => ({ pass: isIn, found: sayLogin(isIn) }));
}

export function checkRefused(id: string, title: string, login: Reading<boolean>): Check {
  const question: Question = { id, title, expected: 'the database refuses it', carry: 'never' };
  return judgeReading(question, login, (isIn) => ({ pass: !isIn, found: sayLogin(isIn) }));
}

function sayLogin(isIn: boolean): string {
  return isIn ? 'it lets it in' : 'it refuses it';
}

/** Throws what a check found, for what has to be proven before anything is sent. */
export function mustPass(checks: readonly Check[], instead: string): void {
  const amiss = checks.find(({ verdict }) => verdict !== 'pass');
  if (!amiss) return;
  const found = amiss.found.replace(/\.$/, '');
  throw new Error(`${amiss.title}: expected that ${amiss.expected}, found: ${found}. ${instead}`);
}
