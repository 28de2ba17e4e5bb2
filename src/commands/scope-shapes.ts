import type { Catalogue } from '../domain/action.ts';
import type { Command, InputSpec } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { JsonObject } from '../domain/json.ts';
import { withTier } from '../domain/objectives.ts';
import { dyn, objectShape, type Shape, shapeOfJson, shapeOfSchema } from './cel/shape.ts';
import { fixedScope, present } from './fixed-scope.ts';
import { jsonSchemaOf } from './yaml/known-words.ts';

const text: Shape = { is: 'string' };

/** The shapes of everything that a command's expressions may read. */
export function shapesFor(command: Command, home: Home, catalogue: Catalogue): Record<string, Shape> {
  const fixed = Object.entries(fixedScope(home)).map(([name, value]) => [name, shapeOfJson(value)] as const);
  return {
    ...Object.fromEntries(fixed),
    regions: objectShape({ active: text, standby: text, primary: text, recovery: text }),
    objectives: objectShape({ ...objectiveShape('rto', command, home), ...objectiveShape('rpo', command, home) }),
    inputs: objectShape(
      Object.fromEntries(Object.entries(command.inputs).map(([name, spec]) => [name, { is: inputKinds[spec.type] }])),
    ),
    incident: objectShape({ id: { is: 'int' }, title: text, severity: text, impact_began_at: text }),
    run: objectShape({ mode: text, drill: { is: 'bool' } }),
    steps: objectShape(stepShapes(command, catalogue)),
  };
}

const inputKinds: Record<InputSpec['type'], 'int' | 'string' | 'bool'> = {
  integer: 'int',
  string: 'string',
  duration: 'string',
  instant: 'string',
  boolean: 'bool',
};

/** Certain when the command or the system has it; there or not, by the services of an incident, when only services have. */
function objectiveShape(name: 'rto' | 'rpo', command: Command, home: Home): Record<string, Shape> {
  if (command.objectives[name] ?? home.system.objectives[name]) return { [name]: text };
  return Object.values(home.system.services).some((service) => withTier(home, service)[name]) ? { [name]: dyn } : {};
}

function stepShapes(command: Command, catalogue: Catalogue): Record<string, Shape> {
  const shapes = command.steps.map((step) => {
    const action = catalogue.get(step.uses);
    const output = action ? shapeOfSchema(jsonSchemaOf(action.output, 'output')) : dyn;
    return [step.id, objectShape({ output })] as const;
  });
  return Object.fromEntries(shapes);
}

/** What muster.yml decides, as it is in each of the two directions of a failover. */
export function fixedScopes(command: Command, home: Home): { standby: string; scope: JsonObject }[] {
  const { primary, recovery } = home.system.regions;
  return [
    { standby: recovery, scope: directionScope(command, home, primary, recovery) },
    { standby: primary, scope: directionScope(command, home, recovery, primary) },
  ];
}

function directionScope(command: Command, home: Home, active: string, standby: string): JsonObject {
  const own = { ...present(home.system.objectives), ...present(command.objectives) };
  const uncertain = (['rto', 'rpo'] as const).some((name) => objectiveShape(name, command, home)[name]?.is === 'dyn');
  return {
    ...fixedScope(home),
    regions: { ...home.system.regions, active, standby },
    ...(uncertain ? {} : { objectives: own }),
  };
}
