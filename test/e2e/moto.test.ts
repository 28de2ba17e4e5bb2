import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { until } from '../support/simulated-muster.ts';
import { type Stage, startStage } from './moto-stage.ts';

const minutes = 60_000;

describeWith('moto_server', "the failover on AWS's own wire, through Slack", () => {
  describeWith('postgres', 'with a real database behind it', () => {
    let postgres: Postgres;
    let stages: Record<'graceful' | 'dark' | 'failing', { stage: Stage; channel: string }>;
    const begun: Stage[] = [];

    // Runs go by real time and mostly wait: all three are begun at once, and each test then sees how its own ends.
    beforeAll(async () => {
      postgres = await startPostgres();
      stages = {
        graceful: await begin('graceful'),
        dark: await begin('ungraceful', (stage) => stage.proxy.faults.add({ do: 'dark', region: 'us-east-1' })),
        failing: await begin('graceful', (stage) => Object.assign(stage.proxy.timing, { promotion: 'fails' })),
      };
    }, 3 * minutes);
    afterAll(async () => {
      for (const stage of begun) await stage.stop();
      await postgres.stop();
    });

    async function begin(mode: string, trouble: (stage: Stage) => unknown = () => {}) {
      const stage = await startStage(await postgres.createDatabase());
      begun.push(stage);
      const { hands } = stage;
      const channel = await hands.declare('U0ANA', 'us-east-1 is failing');
      trouble(stage);
      await hands.dr('U0ANA', `failover tasks=8 mode=${mode}`, channel);
      expect(await hands.submit('U0ANA', { phrase: 'FAILOVER' })).toEqual({ state: 'closed' });
      await hands.press('U0BEN', channel, 'consent.approve');
      return { stage, channel };
    }

    /** Effects that reached the wire, each as operation and Region. */
    function effectsOf({ proxy }: Stage): string[] {
      const effects = ['UpdateService', 'PromoteReadReplica', 'PutObject'];
      return proxy.calls.flatMap(({ operation, region }) =>
        effects.includes(operation) ? [`${operation} ${region}`] : [],
      );
    }

    it(
      'runs gracefully to observed recovery, each effect once and in order',
      async () => {
        const { stage, channel } = stages.graceful;
        await stage.hands.seen(
          'U0DOV',
          channel,
          /\*failover\* in INC-1 succeeded after .*every step was observed/,
          150,
        );
        const effects = effectsOf(stage);
        expect([...effects].sort()).toEqual([
          'PromoteReadReplica us-west-2',
          'PutObject us-west-2',
          'UpdateService us-east-1',
          'UpdateService us-west-2',
        ]);
        const order = ['UpdateService us-east-1', 'PromoteReadReplica us-west-2', 'PutObject us-west-2'];
        expect(effects.filter((effect) => order.includes(effect))).toEqual(order);
        expect(await stage.switched()).toBe(true);
        await stage.hands.dr('U0ANA', 'resolve', channel);
        const resolved = await stage.hands.seen('U0DOV', channel, /\*INC-1\* .* is resolved/);
        expect(resolved.text).toMatch(/RTO.*met/s);
        expect(resolved.text).toMatch(/RPO.*met/s);
      },
      4 * minutes,
    );

    it(
      'runs ungracefully with the primary Region dark: an exception by name, and a guard on its return',
      async () => {
        const { stage, channel } = stages.dark;
        await stage.hands.seen(
          'U0DOV',
          channel,
          /\*failover\* in INC-1 succeeded after .*with exceptions: .*fence/i,
          150,
        );
        await stage.hands.seen('U0DOV', channel, /return guard watches/i);
        expect(effectsOf(stage)).not.toContain('UpdateService us-east-1');
        expect(await stage.switched()).toBe(true);
        stage.proxy.faults.clear();
        await until(async () => effectsOf(stage).includes('UpdateService us-east-1'), 'the guard to fence', 100);
      },
      5 * minutes,
    );

    it(
      'never says that it succeeded when the promotion failed, and sends no traffic',
      async () => {
        const { stage, channel } = stages.failing;
        const { hands, farEnds } = stage;
        await hands.seen('U0DOV', channel, /\*failover\* in INC-1 is paused: /, 150);
        await hands.dr('U0ANA', 'abort', channel);
        await hands.seen('U0DOV', channel, /\*failover\* in INC-1 was aborted/, 60);
        const said = farEnds.slack.seen('U0DOV', channel).map(({ text, blocks }) => text + JSON.stringify(blocks));
        expect(said.filter((text) => /succeeded/i.test(text))).toEqual([]);
        expect(await stage.switched()).toBe(false);
        expect(effectsOf(stage)).not.toContain('PutObject us-west-2');
      },
      4 * minutes,
    );
  });
});
