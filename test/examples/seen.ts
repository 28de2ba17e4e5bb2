import type { StepState } from '../../src/domain/run.ts';
import type { RunView } from '../../src/domain/views.ts';

/** What became of a step. */
export function stateOf(run: RunView | null, id: string): StepState | undefined {
  return run?.steps.find((step) => step.id === id);
}

/** A name that a step gave. */
export function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : '';
}

/** The points of one section of a document. */
export function linesUnder(markdown: string, title: string): string[] {
  const [, section = ''] = markdown.split(`## ${title}`);
  const [body = ''] = section.split('## ');
  return body.split('\n').filter((line) => line.startsWith('- '));
}
