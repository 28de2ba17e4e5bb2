import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

describe('the count that ends .ci/run', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-count-'));
  });
  afterEach(async () => await rm(dir, { recursive: true }));

  async function count(suites: { status: string; tests: string[] }[]) {
    const testResults = suites.map(({ status, tests }, at) => ({
      name: `suite-${at}.ts`,
      status,
      assertionResults: tests.map((each, index) => ({ status: each, fullName: `test ${index}` })),
    }));
    const report = join(dir, 'report.json');
    await writeFile(
      report,
      JSON.stringify({ success: suites.every((suite) => suite.status === 'passed'), testResults }),
    );
    return await new Promise<{ code: unknown; last: string | undefined; stderr: string }>((resolve) => {
      execFile(process.execPath, ['.ci/count.mjs', report], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, last: stdout.trimEnd().split('\n').at(-1), stderr }),
      );
    });
  }

  it('passes when everything passed', async () => {
    expect(await count([{ status: 'passed', tests: ['passed', 'passed'] }])).toEqual({
      code: 0,
      last: '2 passed, 0 failed',
      stderr: '',
    });
  });

  it('fails with a failed test', async () => {
    const found = await count([{ status: 'failed', tests: ['passed', 'failed'] }]);
    expect(found).toMatchObject({ code: 1, last: '1 passed, 1 failed' });
  });

  it.each(['pending', 'todo', 'skipped'])('fails with a %s test, naming it', async (status) => {
    const found = await count([{ status: 'passed', tests: ['passed', status] }]);
    expect(found).toEqual({ code: 1, last: '1 passed, 1 failed', stderr: 'skipped: suite-0.ts: test 1\n' });
  });

  it('fails with a suite that did not run, naming it', async () => {
    const found = await count([
      { status: 'passed', tests: ['passed'] },
      { status: 'failed', tests: [] },
    ]);
    expect(found).toEqual({ code: 1, last: '1 passed, 1 failed', stderr: 'did not run: suite-1.ts\n' });
  });

  it('fails when there was nothing to pass', async () => {
    expect(await count([])).toMatchObject({ code: 1, last: '0 passed, 0 failed' });
  });
});
