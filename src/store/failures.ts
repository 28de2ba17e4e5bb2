/** The database cannot be reached or refused us: nothing is known to have happened since the last commit. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** The embedded store's folder is held by another process; the terminal speaks to that one instead. */
export class StoreHeld extends Error {
  override readonly name = 'StoreHeld';
  readonly pid: number | undefined;
  readonly controlSocket: string;
  constructor(folder: string, pid: number | undefined, controlSocket: string) {
    const holder = pid === undefined ? 'another process' : `process ${pid}`;
    super(
      `The store in ${folder} is held by ${holder}, and only one may have it open. ` +
        `Stop that process, or use the muster terminal, which speaks to it through ${controlSocket}.`,
    );
    this.pid = pid;
    this.controlSocket = controlSocket;
  }
}

/** A sandbox's store was opened as a real one, or the other way round. */
export class WrongPurpose extends Error {
  override readonly name = 'WrongPurpose';
}

const outageCodes = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOENT',
  ],
  // Shut down by an administrator, crashed, starting up, or without a free connection.
  ...['57P01', '57P02', '57P03', '53300', '25P03'],
]);
const outageWords = /connection terminated|timeout exceeded when trying to connect|connection ended|not queryable/i;

/** A driver's error: an SQLSTATE or a system error's name, and its message. */
export function readFailure(error: unknown): { code: string; message: string } {
  const of = (name: 'code' | 'message'): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: of('code'), message: of('message') };
}

/** Whether an error from the driver says that the connection, not the statement, failed. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  const { code, message } = readFailure(error);
  return outageCodes.has(code) || code.startsWith('08') || outageWords.test(message);
}

/** Whether the server rolled this transaction back for another's sake: a deadlock, or a failed serialization. */
export function isMeeting(error: unknown): boolean {
  return ['40P01', '40001'].includes(readFailure(error).code);
}
