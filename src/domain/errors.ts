/**
 * A sentence for the person who asked: it names the thing, what was expected, what was found, and what to do next.
 * Nothing has happened when it is thrown. `field` names the modal or command-line input it belongs to.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly field: string | undefined;
  constructor(sentence: string, field?: string) {
    super(sentence);
    this.field = field;
  }
}

/** A message to a workflow that is not there yet; the transaction that was to send it can only be rolled back. */
export class NobodyListens extends Error {
  override readonly name = 'NobodyListens';
}

/** A fault in a file that people write, with its place. */
export interface Fault {
  file: string;
  line: number;
  column: number;
  message: string;
  /** The rule that it breaks, as docs/check.md names it. */
  rule?: string;
}

/** Faults in configuration or commands: reported all at once, before anything runs. */
export class FaultyFiles extends Error {
  override readonly name = 'FaultyFiles';
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join('\n'));
    this.faults = faults;
  }
}

export function formatFault(fault: Fault): string {
  const rule = fault.rule === undefined ? '' : `${fault.rule}: `;
  return `${fault.file}:${fault.line}:${fault.column} ${rule}${fault.message}`;
}
