import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { type Change, chooseContainer, isChanged, presentValues, wantedValues } from './change.ts';
import { familyOf, type Revision, readRevision, usable } from './definition.ts';
import { changeOf, type DeployInput } from './deploy-input.ts';
import { checkDeployable, deployedBy, isDeployed } from './rollout.ts';
import { type CountedService, readService } from './service.ts';

export async function planDeploy(input: DeployInput, ctx: KitContext): Promise<ActionPlan> {
  const service = await readService(input, ctx);
  const named = input.task_definition ?? (service.ok ? service.value.taskDefinition : undefined);
  const revision = service.ok && named !== undefined ? await readRevision(input.region, named, ctx) : null;
  const change = changeOf(input);
  const noChange = service.ok && revision?.ok === true && isSo(input, change, service.value, revision.value);
  return {
    target: { region: input.region, resource: `ecs:${input.cluster}/${input.service}` },
    before: service.ok ? stateBefore(service.value, change, revision) : {},
    after: stateAfter(input, change, service),
    noChange,
    checks: [...checkDeployable(service), ...(revision ? [checkRevision(input, change, revision)] : [])],
    estimateMs: usual.minutes,
  };
}

/** A forced deployment is never so already. */
function isSo(input: DeployInput, change: Change | null, service: CountedService, revision: Revision): boolean {
  if (input.force || !isDeployed(service, revision.name)) return false;
  if (change === null) return true;
  const chosen = chooseContainer(revision.definition.containerDefinitions ?? [], change);
  return 'container' in chosen && isChanged(chosen.container, change);
}

function stateBefore(service: CountedService, change: Change | null, revision: Reading<Revision> | null): JsonObject {
  const containers = revision?.ok ? (revision.value.definition.containerDefinitions ?? []) : [];
  const chosen = change && chooseContainer(containers, change);
  return {
    task_definition: deployedBy(service),
    desired: service.desiredCount,
    running: service.runningCount,
    ...(change && chosen && 'container' in chosen ? presentValues(chosen.container, change) : {}),
  };
}

function stateAfter(
  { task_definition: named, force }: DeployInput,
  change: Change | null,
  service: Reading<CountedService>,
): JsonObject {
  const present = service.ok ? deployedBy(service.value) : 'the present revision';
  if (change === null) return { task_definition: named ?? present, ...(force ? { force } : {}) };
  // The same whether it is so already or not: what was approved holds when its turn comes.
  const revision = service.ok ? `a revision of ${familyOf(present)}` : 'a revision';
  return { task_definition: `${revision} with this`, ...wantedValues(change) };
}

function checkRevision(input: DeployInput, change: Change | null, read: Reading<Revision>): Check {
  if (input.force) return checkForce(read);
  if (change === null) {
    const expected = 'an active revision';
    const question: Question = { id: 'revision', title: 'revision can be deployed', expected, carry: 'never' };
    return judgeReading(question, usable(read), (verdict) => verdict);
  }
  const expected = 'the container that is to change';
  const question: Question = { id: 'container', title: 'container is known', expected, carry: 'never' };
  return judgeReading(question, read, ({ definition }) => {
    const chosen = chooseContainer(definition.containerDefinitions ?? [], change);
    return 'container' in chosen
      ? { pass: true, found: chosen.container.name ?? 'the only one' }
      : { pass: false, found: chosen.why };
  });
}

/** What `latest` names now may be what is broken: then a forced deployment brings the same again. */
function checkForce(read: Reading<Revision>): Check {
  const question: Question = {
    id: 'image',
    title: 'new tasks have a known image',
    expected: 'an image by digest or by a tag of its own',
    carry: 'with-reason',
  };
  if (!read.ok) return judgeReading(question, read, () => ({ pass: false, found: '' }));
  const images = (read.value.definition.containerDefinitions ?? []).map(({ image = 'no image' }) => image);
  const moving = images.filter((image) => !image.includes('@') && /(^[^:]*|\/[^:]*|:latest)$/.test(image));
  if (moving.length === 0) return judge(question, true, `${images.join(', ')} is pulled again, as it was`);
  const found = `${moving.join(', ')} is pulled again: it is whatever was pushed last, which may be what is broken`;
  return notKnown(question, found);
}
