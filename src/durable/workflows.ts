import { DBOS } from '@dbos-inc/dbos-sdk';
import type { JsonObject } from '../domain/json.ts';
import type { Workflow } from '../domain/ports/engine.ts';
import type { Beginnings } from './beginnings.ts';
import { unknownWorkflow } from './engine.ts';
import { createFlow, type FlowDeps } from './flow.ts';

type Registered = (input: JsonObject) => Promise<void>;
type StartChild = FlowDeps['startChild'];
/** What workflows are made known with. */
type Registry = Omit<FlowDeps, 'startChild'> & { beginnings: Beginnings };

/** A workflow is started again after every crash, however many there are: giving up would lose it. */
const maxRecoveryAttempts = Number.MAX_SAFE_INTEGER;

/** Makes workflows known to the engine. `opened` holds them back until the rest of the program is ready for them. */
export function registerWorkflows(workflows: Record<string, Workflow>, deps: Registry, opened: Promise<void>): void {
  const known = new Map<string, Registered>();
  const startChild: StartChild = async (workflow, id, input) => {
    const registered = known.get(workflow);
    if (!registered) throw unknownWorkflow(workflow, new Set(known.keys()));
    await DBOS.startWorkflow(registered, { workflowID: id })(input);
  };
  for (const [name, workflow] of Object.entries(workflows)) {
    const run = (input: JsonObject): Promise<void> => {
      deps.beginnings.begun(DBOS.workflowID ?? '');
      return opened.then(() => runWorkflow(name, workflow, { ...deps, startChild }, input));
    };
    known.set(name, DBOS.registerWorkflow(run, { name, maxRecoveryAttempts }));
  }
}

async function runWorkflow(name: string, workflow: Workflow, deps: FlowDeps, input: JsonObject): Promise<void> {
  const id = DBOS.workflowID;
  if (id === undefined) throw new Error(`The workflow ${name} was called and not started.`);
  deps.executions.begin(id);
  try {
    await workflow(createFlow(id, deps), input);
  } catch (error) {
    deps.log.error({ workflow: id, kind: name, err: error }, 'A workflow ended with an error that nobody expected.');
    throw error;
  } finally {
    deps.executions.end(id);
  }
}
