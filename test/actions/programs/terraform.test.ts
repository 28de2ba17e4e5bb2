import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTerraform } from '../../../src/actions/programs/terraform.ts';
import { readChanges } from '../../../src/actions/programs/terraform-changes.ts';
import { stopwatch } from '../../../src/clock/stopwatch.ts';
import type { ProgramSeen, Terraform, TerraformPlanSeen } from '../../../src/domain/ports/programs.ts';
import { testHomeDir, testPrograms } from '../../support/home-folder.ts';
import { findOnPath } from '../../support/programs.ts';

const standIn = fileURLToPath(new URL('../../support/terraform', import.meta.url));
const real = findOnPath('terraform');
const programs: [string, string | null][] = [
  ['the stand-in', standIn],
  ...(real ? [['Terraform', null] as [string, null]] : []),
];

describe.each(programs)('%s', (_name, first) => {
  let folder: string;
  let terraform: Terraform;
  let stop: AbortController;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-terraform-'));
    await cp(testHomeDir, join(folder, 'home'), { recursive: true });
    stop = new AbortController();
    const path = [...(first === null ? [] : [first]), process.env.PATH ?? ''].join(delimiter);
    terraform = createTerraform(testPrograms.terraform, {
      homeDir: join(folder, 'home'),
      plansDir: join(folder, 'plans'),
      variable: (name) => (name === 'PATH' ? path : process.env[name]),
      elapsedMs: stopwatch.elapsed,
      stop: stop.signal,
    });
  });
  afterEach(async () => {
    stop.abort();
    await rm(folder, { recursive: true, force: true });
  });

  const configure = (text: string) => writeFile(join(folder, 'home/terraform/main.tf'), text);
  const at = (workspace: string) => ({ configuration: 'main', workspace });

  async function plan(key: string, workspace: string): Promise<Exclude<TerraformPlanSeen, { state: 'running' }>> {
    await terraform.startPlan(key, at(workspace));
    return settled(() => terraform.lookPlan(key));
  }

  async function carryOut(key: string, start: () => Promise<void>): Promise<Extract<ProgramSeen, { state: 'ended' }>> {
    await start();
    return settled(() => terraform.look(key));
  }

  it('plans, applies exactly that plan, and says what is there then', async () => {
    const made = await plan('one', 'default');
    if (made.state !== 'planned') throw new Error(JSON.stringify(made));
    expect(made.changes).toEqual({ add: 1, change: 0, destroy: 0, destroyed: [] });
    const file = join(folder, 'plans/one.tfplan');
    const whole = await readFile(file);
    await writeFile(file, Buffer.concat([whole, Buffer.from(' ')]));
    const apply = () => terraform.startApply('apply', at('default'), { key: 'one', digest: made.digest });
    await expect(apply()).rejects.toThrow('the plan file is not the one that was approved');
    await writeFile(file, whole);
    expect(await carryOut('apply', apply)).toMatchObject({ exit: 0 });
    expect(await terraform.resources('main', 'default')).toEqual(['terraform_data.app']);
    // The same plan is stale once it was applied, and an apply that ended well is not begun again.
    await apply();
    expect(await terraform.look('apply')).toMatchObject({ exit: 0 });
    const again = () => terraform.startApply('again', at('default'), { key: 'one', digest: made.digest });
    expect(await carryOut('again', again)).toMatchObject({
      exit: 1,
      output: expect.stringContaining('Saved plan is stale'),
    });
  }, 60_000);

  it('never works in a workspace that is not there: Terraform would make it', async () => {
    await expect(terraform.startPlan('one', at('disaster-recovery'))).rejects.toThrow(
      'there is no workspace disaster-recovery; there are default',
    );
    await expect(terraform.startDestroy('two', at('dr-test-a'))).rejects.toThrow('there is no workspace dr-test-a');
    expect(await terraform.workspaces('main')).toEqual(['default']);
  }, 60_000);

  it('works in the workspace that it is given, whatever somebody has selected', async () => {
    await terraform.createWorkspace('main', 'dr-test-a');
    await terraform.createWorkspace('main', 'dr-test-a');
    const made = await plan('one', 'dr-test-a');
    if (made.state !== 'planned') throw new Error(JSON.stringify(made));
    const apply = () => terraform.startApply('apply', at('dr-test-a'), { key: 'one', digest: made.digest });
    expect(await carryOut('apply', apply)).toMatchObject({ exit: 0 });
    expect(await terraform.resources('main', 'dr-test-a')).toEqual(['terraform_data.app']);
    expect(await terraform.resources('main', 'default')).toEqual([]);
    await expect(terraform.deleteWorkspace('main', 'dr-test-a')).rejects.toThrow('Workspace is not empty');
    expect(await carryOut('destroy', () => terraform.startDestroy('destroy', at('dr-test-a')))).toMatchObject({
      exit: 0,
    });
    expect(await terraform.workspaces('main')).toEqual(['default']);
  }, 60_000);

  it('names what a plan would destroy', async () => {
    const first = await plan('one', 'default');
    if (first.state !== 'planned') throw new Error(JSON.stringify(first));
    await carryOut('apply', () => terraform.startApply('apply', at('default'), { key: 'one', digest: first.digest }));
    await configure('resource "terraform_data" "other" {}');
    expect(await plan('two', 'default')).toMatchObject({
      state: 'planned',
      changes: { add: 1, destroy: 1, destroyed: ['terraform_data.app'] },
    });
  }, 60_000);

  it('says in its own words what is wrong with a configuration', async () => {
    await configure('resource "terraform_data" "app" { broken = 1 }');
    expect(await plan('one', 'default')).toMatchObject({
      state: 'ended',
      exit: 1,
      output: expect.stringContaining('Error: Unsupported argument'),
    });
    await expect(terraform.startApply('two', at('default'), { key: 'none', digest: '0' })).rejects.toThrow(
      'there is no such plan file here',
    );
  }, 60_000);
});

async function settled<T extends { state: string }>(
  look: () => Promise<T | null>,
): Promise<Exclude<T, { state: 'running' }>> {
  for (let tried = 0; tried < 600; tried += 1) {
    const seen = await look();
    if (seen === null) throw new Error('nothing was started');
    if (seen.state !== 'running') return seen as Exclude<T, { state: 'running' }>;
    await sleep(50);
  }
  throw new Error('it did not end');
}

it('reads of a plan which resources change, and none of their values', () => {
  const change = (address: string, actions: string[]) => ({
    address,
    change: { actions, after: { password: 'hunter2' } },
  });
  const shown = {
    resource_changes: [
      change('a', ['delete', 'create']),
      change('b', ['update']),
      change('c', ['no-op']),
      change('d', ['delete']),
    ],
  };
  expect(readChanges(JSON.stringify(shown))).toEqual({ add: 1, change: 1, destroy: 2, destroyed: ['a', 'd'] });
});
