import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

describe('.ci/audit', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-audit-'));
  });
  afterEach(async () => await rm(dir, { recursive: true }));

  /** With an npm that gives this answer. */
  async function audit(answer: object, exit: number) {
    await writeFile(join(dir, 'answer.json'), JSON.stringify(answer));
    await writeFile(join(dir, 'npm'), `#!/bin/sh\ncat '${join(dir, 'answer.json')}'\nexit ${exit}\n`);
    await chmod(join(dir, 'npm'), 0o755);
    const env = { ...process.env, PATH: [dir, process.env.PATH].join(delimiter) };
    return await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile('bash', [join('.ci', 'audit')], { env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  }

  const report = (vulnerabilities: Record<string, object>) => ({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { vulnerabilities: { total: Object.keys(vulnerabilities).length } },
  });

  it('passes where nothing is known', async () => {
    expect(await audit(report({}), 0)).toMatchObject({ code: 0, stdout: '0 known in what production installs\n' });
  });

  it('fails with what is known to be weak, and names it', async () => {
    const weak = { name: 'left-pad', severity: 'high', range: '<1.3.1' };
    const { code, stdout } = await audit(report({ 'left-pad': weak }), 1);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'high: left-pad <1.3.1\n1 known in what production installs\n',
    });
  });

  it('does not take a registry that answers no audits for one that knows of nothing', async () => {
    const refused = { message: '405 Method Not Allowed', error: { summary: '', detail: '' } };
    expect(await audit(refused, 1)).toMatchObject({ code: 2, stderr: expect.stringContaining('not audited') });
  });
});
