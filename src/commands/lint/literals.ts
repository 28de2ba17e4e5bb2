import type { ActionInfo } from '../../domain/action.ts';
import type { Step } from '../../domain/command.ts';
import type { Fault } from '../../domain/errors.ts';
import type { Issue } from '../../domain/explain-issue.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { type Checked, summaryOf } from '../cel/check-expression.ts';
import { type Leaf, mapLeaves } from '../cel/expression.ts';
import { runExpression } from '../cel/run-expression.ts';
import type { Refusing } from '../rules/refusing.ts';
import { explainIssues, valueAt } from '../yaml/explain-issues.ts';
import { type Draft, named } from './draft.ts';

/** One value of `with`, with its expression if it is one. */
export interface Written extends Leaf {
  expression?: Checked & { text: string };
}

interface Ask {
  draft: Draft;
  step: Step;
  action: ActionInfo;
  path: [string, number];
  written: readonly Written[];
  scopes: { standby: string; scope: JsonObject }[];
}

/**
 * What is known without running is checked against the action's own schema: literals, and expressions over muster.yml,
 * evaluated with either Region as standby. A resource that lacks a Region is found here and not in the middle of a run.
 */
export function literalFaults(ask: Ask): Fault[] {
  const faults = ask.scopes.flatMap(({ standby, scope }) => faultsIn(ask, standby, scope));
  const seen = new Map(faults.map((fault) => [`${fault.line}:${fault.column} ${fault.message}`, fault]));
  return [...seen.values()];
}

function faultsIn(ask: Ask, standby: string, scope: JsonObject): Fault[] {
  const { draft, step, action, path } = ask;
  const under = [...path, 'with'];
  const open: (string | number)[][] = [];
  const faults: Fault[] = [];
  const candidate = mapLeaves(step.with, (leaf, inside) => {
    const expression = ask.written.find((one) => sameTrail(one.path, inside))?.expression;
    if (expression === undefined && !(typeof leaf === 'string' && leaf.includes('${{'))) return leaf;
    try {
      if (expression && isFixed(expression, scope)) return runExpression(expression.text, scope, {});
    } catch (error) {
      const message = `${expression?.text} has no value while ${standby} is the standby Region: ${summaryOf(error)}`;
      faults.push(draft.places.fault([...under, ...inside], message, { text: expression?.text ?? '', offset: 0 }));
    }
    open.push(inside);
    return null;
  });
  const issues = action.input.safeParse(candidate).error?.issues ?? [];
  const settled = issues.filter(
    (issue) => !isUnknownField(issue) && !open.some((trail) => startsWith(trail, issue.path)),
  );
  const wrong = settled.flatMap((issue) =>
    named(ruleOf(issue, candidate), explainIssues([issue], draft.places, action.input, under, candidate)),
  );
  return [...named('wrong-value', faults), ...wrong];
}

function isFixed(expression: Checked, scope: JsonObject): boolean {
  if (expression.faults.length > 0 || expression.kind === 'dyn') return false;
  return [...expression.reading.roots].every((root) => Object.hasOwn(scope, root));
}

function ruleOf({ path, code }: Issue, candidate: Json): Refusing {
  const where = path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (code === 'unrecognized_keys') return 'unknown-name';
  if (code === 'custom' || valueAt(candidate, where) !== undefined) return 'wrong-value';
  return /(^|_)region$|^cluster$/.test(String(path.at(-1))) ? 'no-region' : 'missing-field';
}

/** Unknown fields at the top are told by name elsewhere. */
function isUnknownField(issue: Issue): boolean {
  return issue.code === 'unrecognized_keys' && issue.path.length === 0;
}

function startsWith(trail: readonly PropertyKey[], start: readonly PropertyKey[]): boolean {
  return start.length <= trail.length && start.every((part, index) => part === trail[index]);
}

function sameTrail(a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean {
  return a.length === b.length && startsWith(a, b);
}
