import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { suggestion } from '../../domain/nearest.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { nameFor } from '../kit/owner.ts';
import { type Reading, reading } from '../kit/reading.ts';

export const configuration = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'expected the name of a configuration in muster.yml, such as main')
  .describe('Its name under terraform: in muster.yml.');

export const workspace = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,89}$/, 'expected the name of a workspace such as disaster-recovery')
  .describe('The workspace; it is never taken from what somebody has selected.');

/** What tells the test workspaces of one run apart. */
export const testSuffix = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a word such as quarterly');

export interface Place {
  configuration: string;
  workspace: string;
}

const testPrefix = 'dr-test';

/** The one workspace that a run makes for a suffix: `dr-test-quarterly-3k9x`. */
export function testWorkspace(suffix: string, owner: string): string {
  return nameFor(owner, testPrefix, suffix, 80);
}

/** Whether a workspace is one that this run makes: Terraform has no tags for them, so its name says whose it is. */
export function isOwnWorkspace(name: string, owner: string): boolean {
  const ending = testWorkspace('x', owner).slice(`${testPrefix}-x`.length);
  return name.startsWith(`${testPrefix}-`) && name.endsWith(ending);
}

export function namePlace({ configuration: of, workspace: name }: Place): string {
  return `workspace ${name} of ${of}`;
}

/** What a run locks: states of one configuration may share a lock, a folder and resources. */
export function targetOf({ configuration: of }: Pick<Place, 'configuration'>, ctx: Pick<KitContext, 'regions'>) {
  return { region: ctx.regions.recovery, resource: `terraform:${of}` };
}

export function readWorkspaces(of: string, ctx: KitContext): Promise<Reading<string[]>> {
  return reading(`workspaces of ${of}`, () => ctx.terraform.workspaces(of));
}

export function checkConfiguration(of: string, { home }: Pick<KitContext, 'home'>): Check {
  const question: Question = {
    id: 'configuration',
    title: 'muster.yml names it',
    expected: 'one of its own',
    carry: 'never',
  };
  const known = Object.keys(home.terraform);
  const isKnown = Object.hasOwn(home.terraform, of);
  return judge(question, isKnown, isKnown ? of : `there is no Terraform configuration ${of}: ${suggestion(of, known)}`);
}

/** A workspace that is not there would be made by Terraform without a word. */
export function checkWorkspace({ workspace: name }: Place, read: Reading<string[]>): Check {
  const question: Question = { id: 'workspace', title: 'workspace is there', expected: name, carry: 'never' };
  return judgeReading(question, read, (known) => ({ pass: known.includes(name), found: known.join(', ') }));
}
