import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approve, ask, darken, declare } from '../../sandbox/play/scenes.ts';
import { untilTold } from '../../sandbox/play/stage.ts';
import { people } from '../support/simulated-muster.ts';
import { type OwnStage, openStage } from './stage.ts';

describe('the scenes of the guided run', () => {
  let stage: OwnStage;
  beforeAll(async () => {
    stage = await openStage((home) => ({ ...home, roles: { ...home.roles, approvers: ['ana', 'ben', 'dov'] } }), 2);
    await declare(stage);
  });
  afterAll(() => stage.close());

  const began = () => stage.told().consents.filter(({ runId }) => runId === null);

  it('call nothing approved before it was asked for', async () => {
    await expect(approve(stage)).rejects.toThrow('Nothing waits for approval');
  });

  it('call a request that expired nothing approved, and make another', async () => {
    await ask(stage);
    const [first] = began();
    stage.clock.setScale(600);
    await untilTold(stage, ({ consents }) => consents.length === 0, 'the end of the request');
    stage.clock.setScale(60);
    await expect(approve(stage)).rejects.toThrow('Nothing waits for approval');
    await ask(stage);
    expect(began()).toHaveLength(1);
    expect(began()[0]?.id).not.toBe(first?.id);
  });

  it('have as many people approve as it needs, each of them once', async () => {
    const [asked] = began();
    await approve(stage);
    const { run, answered, consents } = stage.told();
    expect(run?.run.planId).toBe(asked?.plan.id);
    expect(consents).toEqual([]);
    const granted = answered.find(({ id }) => id === asked?.id);
    expect(granted).toMatchObject({ state: 'granted', needed: 2, approvals: [{ by: 'ben' }, { by: 'dov' }] });
  });

  it('ask for nothing more while it runs', async () => {
    await Promise.all([ask(stage), approve(stage)]);
    expect(began()).toEqual([]);
  });

  it('ask again after a run that did not succeed', async () => {
    const { run } = stage.told();
    await stage.muster.recovery.abort({ runId: run?.run.id ?? '' }, people.ana);
    await untilTold(stage, (news) => news.run?.run.status === 'ended', 'the end of the run');
    expect(stage.told().run?.run.outcome).toBe('aborted');
    await expect(approve(stage)).rejects.toThrow('Nothing waits for approval');
    await ask(stage);
    expect(began()).toHaveLength(1);
  });
});

describe('what is declared of a dark Region', () => {
  let stage: OwnStage;
  beforeAll(async () => {
    stage = await openStage((home) => home, 1);
  });
  afterAll(() => stage.close());

  it('began when it went dark', async () => {
    await darken(stage);
    const { world } = stage.farEnds.world;
    const went = Date.parse(world.view().regions.find(({ region }) => region === 'us-east-1')?.darkSince ?? '');
    await stage.clock.sleep(30_000);
    await declare(stage);
    const { impactBeganAt } = stage.told().incident.incident;
    expect(new Date(impactBeganAt).getTime()).toBe(Math.floor(went / 1000) * 1000);
  });
});
