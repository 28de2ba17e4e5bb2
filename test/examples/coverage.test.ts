import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findGaps, type PlanCoverage, readPlanCoverage, renderReadme } from '../../scripts/plan-coverage.ts';
import { catalogue } from '../../src/actions/catalogue.ts';
import { shippedDir } from '../../src/compose/shipped.ts';
import { loadHome } from '../../src/config/home.ts';

const examples = ['contractorlens', 'flight-data'] as const;

describe.each(examples)('the plan behind examples/%s', (example) => {
  it('is accounted for line by line, and step by step', async () => {
    const { commands } = await loadHome(join(shippedDir, 'examples', example), { shippedDir }, catalogue);
    expect(findGaps(readPlanCoverage(example), commands)).toEqual([]);
  });

  it('is what README.md says', () => {
    expect(readFileSync(`examples/${example}/README.md`, 'utf8')).toBe(renderReadme(example));
  });
});

describe('findGaps', () => {
  const coverage: PlanCoverage = {
    source: 'A plan',
    lines: 4,
    text: '',
    plan: [
      { lines: '1-2', says: 'what is at stake', context: true },
      { lines: '4', says: 'restore it', automated: [{ command: 'restore', step: 'restored' }] },
    ],
    beyond: [],
  };

  it('finds a line that is missing, a step that is not there, and a step that nobody speaks of', async () => {
    const { commands } = await loadHome(join(shippedDir, 'examples/acme'), { shippedDir }, catalogue);
    const gaps = findGaps(coverage, commands);
    expect(gaps).toContain('lines 4 come where line 3 is expected');
    expect(gaps).toContain('there is no step restore/restored');
    expect(gaps).toContain('no line of the plan names failover/fence: name it, or say why it is beyond');
  });
});
