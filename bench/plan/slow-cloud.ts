import { setTimeout as wait } from 'node:timers/promises';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import type { ActionRegistry } from '../../src/domain/action.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import {
  type CloudCall,
  createWorld,
  Estate,
  simulatedCredentials,
  simulatedPlugin,
  simulatedProbes,
} from '../../src/sim/index.ts';
import { type Example, exampleCloud } from '../../test/support/example-cloud.ts';
import { testHome } from '../../test/support/home-folder.ts';
import { manyServices } from './forty-steps.ts';

const examples: readonly Example[] = ['acme', 'contractorlens', 'flight-data'];

/** Endpoints that answer after `answerMs` of real time, with everything that was asked of them. */
export interface SlowCloud {
  actions: ActionRegistry;
  /** Each call as service, command, Region and input. */
  asked: string[];
  close(): void;
}

export function createSlowCloud(clock: Clock, answerMs: number): SlowCloud {
  const world = createWorld({ clock, estate: allExamples() });
  const asked: string[] = [];
  const call: typeof world.call = async (one) => {
    asked.push(nameCall(one));
    await wait(answerMs);
    return world.call(one);
  };
  const aws = createAws({
    clock,
    plugins: [simulatedPlugin(call)],
    credentials: () => simulatedCredentials,
    beforeEffect: async () => {},
  });
  return { actions: createActions({ aws, home: testHome, ...simulatedProbes(call) }), asked, close: () => aws.close() };
}

function nameCall({ service, command, region, input }: CloudCall): string {
  return `${service}:${command} in ${region || 'no Region'} ${JSON.stringify(input)}`;
}

/** The three examples' clouds as one, for they share an account and no name, and a cluster that has many services. */
function allExamples(): Estate {
  const estate = Estate.parse(examples.map((name) => exampleCloud(name)).reduce<unknown>(merge, {}));
  const like = estate.services.find(({ cluster }) => cluster === 'dr-cluster');
  if (!like) throw new Error('There is no dr-cluster in examples/acme/cloud.yml: correct bench/plan.');
  // Each of them has its own task definition, as services have.
  const services = manyServices.map((name, place) => ({ ...like, name, taskDefinition: `${name}:${place + 1}` }));
  return { ...estate, services: [...estate.services, ...services] };
}

function merge(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])];
  if (!isMap(one) || !isMap(other)) return other;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, key in other ? merge(one[key], other[key]) : one[key]]));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
