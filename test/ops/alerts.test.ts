import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type MetricSpec, metricList } from '../../src/http/metric-list.ts';
import { readYaml } from '../support/read-yaml.ts';

const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Muster[A-Z][A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().regex(/\.$/), todo: z.string().regex(/\.$/) }),
        }),
      ),
    }),
  ),
});

const rules = Rules.parse(readYaml('ops/alerts.yml')).groups.flatMap((group) => group.rules);
const specs: Record<string, MetricSpec> = metricList;

/** Names and the labels that are selected of them: `muster_runs_total{outcome="failed"}`. */
function selectorsOf(expr: string): { name: string; labels: string[] }[] {
  return [...expr.matchAll(/\b(muster_[a-z_]+|up)(?:\{([^}]*)\})?/g)].map(([, name = '', inside = '']) => ({
    name,
    labels: [...inside.matchAll(/([a-z_]+)\s*(?:=~|!=|=)/g)].map(([, label = '']) => label),
  }));
}

/** The list has a histogram by its own name, Prometheus by those of its parts. */
function specOf(name: string): MetricSpec | undefined {
  const own = name.replace(/_(?:bucket|sum|count)$/, '');
  return specs[name] ?? (specs[own]?.type === 'histogram' ? specs[own] : undefined);
}

describe('ops/alerts.yml', () => {
  it('has each alert once', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s watches what there is', (_alert, rule) => {
    const selectors = selectorsOf(rule.expr);
    expect(selectors.length).toBeGreaterThan(0);
    for (const { name, labels } of selectors.filter((one) => one.name !== 'up')) {
      const spec = specOf(name);
      expect({ name, known: spec !== undefined }).toEqual({ name, known: true });
      for (const label of labels) expect([name, spec?.labels]).toEqual([name, expect.arrayContaining([label])]);
    }
    const open = [...rule.expr].reduce(
      (depth, sign) => depth + ('({['.includes(sign) ? 1 : ')}]'.includes(sign) ? -1 : 0),
      0,
    );
    expect(open).toBe(0);
  });

  it('sums only what each process counts, and never what all of them read from the store', () => {
    for (const { alert, expr } of rules) {
      for (const [, name = ''] of expr.matchAll(
        /\b(?:sum|rate|increase)\w*\s*(?:by\s*\([^)]*\)\s*)?\((?:rate|increase)?\(?(muster_\w+)/g,
      ))
        expect([alert, name, specOf(name)?.shared]).toEqual([alert, name, undefined]);
    }
  });

  it('uses in its words only labels that its expression keeps', () => {
    for (const { alert, expr, annotations } of rules) {
      const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) =>
        labels.split(',').map((l) => l.trim()),
      );
      const used = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
      expect([alert, used.filter((label) => !kept.includes(label))]).toEqual([alert, []]);
    }
  });
});
