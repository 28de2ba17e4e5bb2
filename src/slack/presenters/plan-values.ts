import type { Json, JsonObject } from '../../domain/json.ts';
import type { PlannedStep } from '../../domain/plan.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { joined } from './people.ts';

/** Of a step that moves traffic, what says where to; the rest of it people cannot read anything from. */
const whereTo = ['to', 'value', 'answered'];

/**
 * What a step changes, field by field: `role: replica → primary`. What it says nothing of stays as it is. The most telling
 * comes first, for the rest may be cut: where traffic goes, then what was read and will differ.
 */
export function changeLines(step: PlannedStep): string[] {
  const changed = Object.keys(step.after).filter((field) => differs(step.before[field], step.after[field]));
  const telling =
    step.traffic === 'none' ? [] : whereTo.filter((field) => changed.includes(field) && step.after[field] !== null);
  const known = changed.filter((field) => step.before[field] !== undefined);
  return [...new Set([...telling, ...known, ...changed])].map((field) => changeLine(step, field));
}

/** Inputs whose values an earlier step will give. */
export function laterLines(step: PlannedStep): string[] {
  return Object.entries(step.later).map(([field, steps]) => `${said(field)}: known after ${joined(steps.map(code))}`);
}

/** Inputs as people gave them or as they are by default. */
export function inputsLine(inputs: JsonObject): string {
  const given = Object.entries(inputs).map(([name, value]) =>
    code(`${name}=${value === '' ? '(empty)' : show(value)}`),
  );
  return given.length === 0 ? 'none' : given.join(' ');
}

function changeLine(step: PlannedStep, field: string): string {
  const before = step.before[field];
  const after = step.after[field];
  return `${said(field)}: ${before === undefined ? '' : `${value(before)} → `}*${value(after)}*`;
}

function value(json: Json | undefined): string {
  return said(clip(show(json ?? null), 120));
}

function show(json: Json): string {
  if (json === null) return 'none';
  return typeof json === 'string' ? json : JSON.stringify(json);
}

function differs(before: Json | undefined, after: Json | undefined): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
