import { type Faults, noFaults } from '../wire/faults.ts';

/** How the mail server misbehaves now: `503` answers every connection with 421. */
export interface MailFaults extends Faults {
  /** Addresses that have no mailbox: refused for good, each alone. */
  unknown: string[];
  /** The next answers at one point of a mail: this many of them are `code`, to recipients whose address holds `of`. */
  answers: { times: number; at: MailPoint; code: number; of: string };
}

export type MailPoint = 'mail' | 'rcpt' | 'data';

export function noMailFaults(): MailFaults {
  return { ...noFaults(), unknown: [], answers: { times: 0, at: 'rcpt', code: 451, of: '' } };
}

/** The code to answer with at this point, counted as given; null where all is well. */
export function faultyAnswer(faults: MailFaults, at: MailPoint, address: string): number | null {
  const { answers, unknown } = faults;
  if (at === 'rcpt' && unknown.some((one) => one.toLowerCase() === address.toLowerCase())) return 550;
  if (answers.times <= 0 || answers.at !== at || !address.includes(answers.of)) return null;
  answers.times -= 1;
  return answers.code;
}
