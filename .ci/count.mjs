import { readFileSync } from 'node:fs';

/** Prints `N passed, M failed` from Jest's report. Here a test that was skipped, or a suite that did not run, has failed. */
const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const cases = report.testResults.flatMap((suite) =>
  suite.assertionResults.map((test) => ({ ...test, file: suite.name })),
);
const skipped = cases.filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status));
for (const test of skipped) console.error(`skipped: ${test.file}: ${test.fullName}`);
const broken = report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
for (const suite of broken) console.error(`did not run: ${suite.name}`);

const passed = cases.filter((test) => test.status === 'passed').length;
const failed = cases.filter((test) => test.status === 'failed').length + skipped.length + broken.length;
if (passed === 0) console.error('no test passed');
process.exitCode = failed > 0 || passed === 0 || !report.success ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
