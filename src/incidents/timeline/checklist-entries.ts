import type { Fact } from '../../domain/facts.ts';
import { type Entering, each, enter } from './enter.ts';
import { because } from './say.ts';

/** Who ticked what, or declined it and why. */
export async function enterAnswered(on: Entering, of: Extract<Fact, { kind: 'ItemsAnswered' }>): Promise<void> {
  const items = of.items.join(', ');
  const text = `${of.answer === 'done' ? 'Ticked' : 'Declined'} ${items} of ${of.step}${because(of.reason)}`;
  const source = each(on, `items:${of.runId}:${of.step}:${of.answer}:${of.items.join('+')}:${of.by}`);
  await enter(on, { kind: 'command', source, who: of.by, text });
}

export async function enterOverdue(on: Entering, of: Extract<Fact, { kind: 'ItemOverdue' }>): Promise<void> {
  const whom = of.owner ?? 'those who may answer it';
  const text = `${of.item} of ${of.step} is overdue; it is for ${whom}`;
  await enter(on, { kind: 'escalation', source: `overdue:${of.runId}:${of.step}:${of.item}`, text });
}
