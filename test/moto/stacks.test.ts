import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Action, ActionRegistry, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const region = 'us-west-2';
const body = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Environment: { Type: 'String', Default: 'dr-test' } },
  Resources: {
    Pointer: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/drill/on', Type: 'String', Value: { Ref: 'Environment' } },
    },
  },
});

describeWith('moto_server', "stacks on AWS's own wire", () => {
  let moto: Moto;
  let actions: ActionRegistry;
  let close: () => void;
  /** Waits as it is told to, but a moment at most: the stand-in is quick. */
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 50), signal),
  };

  beforeAll(async () => {
    moto = await startMoto();
    const aws = createAws({
      clock,
      endpoint: moto.url,
      credentials: () => testCredentials,
      beforeEffect: async () => {},
    });
    const nobody = async (): Promise<never> => Promise.reject(new Error('it is not asked here'));
    actions = createActions({ aws, home: testHome, ...simulatedProbes(nobody) });
    close = () => aws.close();
  }, 60_000);
  afterAll(async () => {
    close();
    await moto.stop();
  });

  const context = (owner = 'run_1/step'): StepContext => ({
    clock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: 'us-east-1', standby: region, primary: 'us-east-1', recovery: region },
    owner,
  });

  function actionOf(name: string): Action {
    const found = actions.get(name);
    if (!found) throw new Error(`no action ${name}`);
    return found;
  }

  /** Plans a change, finds nothing before it is sent and the same afterwards, sees it done, and plans no change then. */
  async function carryOut(name: string, input: JsonObject): Promise<Observation> {
    const act = actionOf(name);
    const plan = await act.plan(input, context());
    expect(plan.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(plan.noChange).toBe(false);
    const captured = await act.capture(input, context());
    expect(await act.lookup(input, 'token-1', captured, context())).toEqual({ happened: false });
    const receipt = await act.apply(input, 'token-1', captured, context());
    expect(await act.lookup(input, 'token-1', captured, context())).toMatchObject({ happened: true });
    const seen = await watch(act, input, receipt);
    expect((await act.plan(input, context())).noChange).toBe(true);
    return seen;
  }

  async function watch(act: Action, input: JsonObject, receipt: JsonObject): Promise<Observation> {
    for (let look = 0; look < 50; look += 1) {
      const seen = await act.observe(input, receipt, context());
      if (seen.state === 'done' || seen.state === 'failed') return seen;
      await clock.sleep(50);
    }
    return act.observe(input, receipt, context());
  }

  it('are made by a change set under the name of the run, and deleted by the run that made them', async () => {
    const input = { region, stack: 'flightdata', suffix: 'drill', body };
    expect(await carryOut('cloudformation.deploy-stack', input)).toMatchObject({
      state: 'done',
      output: { stack: 'flightdata-drill-1', status: 'CREATE_COMPLETE' },
    });
    const own = { region, stack: 'flightdata-drill-1' };
    const remove = actionOf('cloudformation.delete-stack');
    expect((await remove.plan(own, context('run_2/step'))).checks).toContainEqual(
      expect.objectContaining({ id: 'own', verdict: 'fail' }),
    );
    expect(await carryOut('cloudformation.delete-stack', own)).toMatchObject({ state: 'done' });
  }, 60_000);
});
