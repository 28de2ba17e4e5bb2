import { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { faultOf } from './parse-fault.ts';

type Values = Record<string, unknown>;

/** A template that can be used, and the file that it came from. */
export interface Candidate<Said> {
  file: string;
  render(values: Values): Said;
}

/** Says by the first candidate that can, else in plain form; never throws. What breaks on the way goes to `faults`. */
export function speaker<Said>(
  of: { name: string; input: z.ZodObject; candidates: readonly Candidate<Said>[]; plain(given: unknown): Said },
  faults: Fault[],
): (given: unknown) => Said {
  const report = (fault: Fault): void => {
    if (!faults.some(({ file, message }) => file === fault.file && message === fault.message)) faults.push(fault);
  };
  return (given) => {
    const checked = of.input.safeParse(given);
    if (!checked.success) {
      const message = `was given what it does not take: ${z.prettifyError(checked.error).split('\n').join(' ')}`;
      report({ file: of.name, line: 1, column: 1, message });
      return of.plain(given);
    }
    for (const { file, render } of of.candidates) {
      try {
        return render(checked.data);
      } catch (error) {
        report(faultOf(file, '', error));
      }
    }
    return of.plain(checked.data);
  };
}
