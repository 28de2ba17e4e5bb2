import { Refusal } from '../../domain/errors.ts';
import type { StandIn } from '../messages.ts';
import { textIn, type Use, usesOfActions } from './uses.ts';

/** What a cloud made of the steps' own words carries out. */
const shown: readonly string[] = [
  'rds.check-replica',
  'rds.promote-read-replica',
  'ecs.scale-service',
  'elb.check-targets',
  'route53.switch-standby',
  'route53.upsert-record',
  'cloudwatch.check-metric',
  'http.check',
  'sql.assert',
  'manual.checkpoint',
  'manual.checklist',
];

/** What changes things that no simulated cloud has. */
const real = ['script.run', 'terraform.plan', 'terraform.apply', 'terraform.destroy'];

/** Metrics that it records, by namespace. */
const recorded: Record<string, readonly string[]> = {
  'AWS/RDS': ['ReplicaLag', 'DatabaseConnections', 'CPUUtilization'],
  'AWS/ECS': ['CPUUtilization'],
  'AWS/ApplicationELB': ['RequestCount', 'HealthyHostCount', 'HTTPCode_ELB_5XX_Count'],
};

/** What a healthy simulated service answers holds these. */
const usualBody = '{"status":"ok"}';

/** Throws `Refusal` for the first step that the simulation cannot show. */
export function refuseUnknown(command: string, uses: readonly Use[], brought: boolean): void {
  for (const use of uses) {
    const why = whyNot(use, brought);
    if (why !== null)
      throw new Refusal(`${command} cannot be rehearsed: ${use.step} ${why}. Nothing has been begun.`, 'command');
  }
}

function whyNot(use: Use, brought: boolean): string | null {
  if (real.includes(use.uses)) return `uses ${use.uses}, which runs a program of yours`;
  if (!brought && !shown.includes(use.uses))
    return `uses ${use.uses}, and a simulated cloud that is made of the steps has only ${shown.join(', ')}; say what your cloud has in the cloud.yml of your home`;
  if (use.uses !== 'cloudwatch.check-metric') return null;
  const [namespace, metric] = [textIn(use, 'namespace') ?? '', textIn(use, 'metric') ?? ''];
  const known = Object.hasOwn(recorded, namespace) ? (recorded[namespace] ?? []) : [];
  return known.includes(metric)
    ? null
    : `reads the metric ${namespace} ${metric}, which the simulated cloud does not record`;
}

/** Checks of what only the real far end knows: they are given what they expect once that far end answers. */
export function standInsOf(there: readonly Use[]): StandIn[] {
  return [
    ...usesOfActions(there, 'sql.assert').flatMap(ofQuery),
    ...usesOfActions(there, 'http.check').flatMap(ofAddress),
  ];
}

/** A query without a table asks the server itself, which the simulation mostly knows. */
export function readsTables(text: string): boolean {
  return /\bfrom\b/i.test(text);
}

function ofQuery(use: Use): StandIn[] {
  const { expect, params = [] } = use.input;
  const [reference, text] = [textIn(use, 'connection'), textIn(use, 'query')];
  if (reference === null || text === null || typeof expect !== 'object' || expect === null || Array.isArray(expect))
    return [];
  const values = Array.isArray(params) && !use.later.includes('params') ? params : null;
  return [{ kind: 'sql', step: use.step, reference, text, values, row: expect }];
}

function ofAddress(use: Use): StandIn[] {
  const url = textIn(use, 'url');
  const { status = 200, contains = '' } = use.input;
  if (url === null || typeof status !== 'number' || typeof contains !== 'string') return [];
  if (status === 200 && usualBody.includes(contains)) return [];
  return [{ kind: 'http', step: use.step, url, status, body: contains }];
}
