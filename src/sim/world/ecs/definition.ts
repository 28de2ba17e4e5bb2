import type { DescribeTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { definitionArn } from './shape.ts';

/** `app:7` from a family, a family with revision or an ARN; every revision up to the one in use exists. */
export function needDefinition(scene: Scene, name: string): string {
  const [family, asked] = (name.split('/').at(-1) ?? '').split(':');
  const spec = scene.state.estate.services.find(
    (service) => service.region === scene.region && service.taskDefinition.startsWith(`${family}:`),
  );
  const newest = Number(spec?.taskDefinition.split(':').at(-1) ?? 0);
  const revision = asked === undefined ? newest : Number(asked);
  const exists = Number.isInteger(revision) && revision >= 1 && revision <= newest;
  return exists ? `${family}:${revision}` : refuse('ClientException', `Unable to describe task definition ${name}.`);
}

export function describeDefinition(scene: Scene, input: DescribeTaskDefinitionCommandInput) {
  const name = needDefinition(scene, input.taskDefinition ?? '');
  const [family, revision] = name.split(':');
  const { state, region } = scene;
  const spec = state.estate.services.find((service) => service.taskDefinition.startsWith(`${family}:`));
  return {
    taskDefinition: {
      taskDefinitionArn: definitionArn(state, region, name),
      family,
      revision: Number(revision),
      status: 'ACTIVE' as const,
      networkMode: 'awsvpc' as const,
      requiresCompatibilities: ['FARGATE' as const],
      cpu: String(spec?.cpu),
      memory: String(spec?.memory),
      containerDefinitions: [
        {
          name: 'app',
          image: `${state.estate.account}.dkr.ecr.${region}.amazonaws.com/${family}:v${revision}`,
          essential: true,
          portMappings: [{ containerPort: 8080, protocol: 'tcp' as const }],
        },
      ],
    },
  };
}
