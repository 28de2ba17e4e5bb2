import type { Answered } from '../actions/kit/aws.ts';
import type { Command, Purpose } from '../domain/command.ts';
import type { Fact } from '../domain/facts.ts';
import type { Courier } from '../domain/ports/courier.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { Metrics } from '../http/metrics.ts';
import type { StepEnded } from '../recovery/deps.ts';
import { readRun } from '../store/runs.ts';
import { type AwsHealth, createAwsHealth } from './aws-health.ts';
import type { MusterLog } from './log.ts';
import { logFact, logging, logStepEnded } from './run-log.ts';

/** What whoever operates Muster sees of it: every part tells this what happens, and it is counted and logged. */
export interface Watch {
  audited: ReturnType<typeof logging>;
  /** Told of each fact in its transaction, and heeds it once that has committed. */
  fact(tx: Tx, fact: Fact): Promise<void>;
  stepEnded(ended: StepEnded): void;
  awsAnswered(answer: Answered): void;
  waited(service: string, seconds: number): void;
  takenOver(leases: number): void;
  /** The same courier, with its answers counted. */
  counted(courier: Courier): Courier;
  aws: AwsHealth;
}

export function createWatch(of: {
  log: MusterLog;
  metrics: Metrics;
  commands: readonly Command[];
  now: () => Date;
}): Watch {
  const { log, metrics } = of;
  const aws = createAwsHealth(of.now);
  return {
    aws,
    audited: logging(log),
    fact: async (tx, fact) => {
      if (fact.kind === 'RunEnded') {
        const run = await readRun(tx, fact.runId);
        const kind = run?.purpose === 'undo' ? 'undo' : purposeOf(of.commands, run?.command);
        tx.afterCommit(() => metrics.runEnded({ outcome: fact.outcome, kind }));
      }
      await logFact(log, tx, fact);
    },
    stepEnded: (ended) => {
      metrics.stepEnded({ action: ended.uses, outcome: ended.status, seconds: ended.seconds });
      logStepEnded(log, ended);
    },
    awsAnswered: (answer) => {
      metrics.awsAnswered({ service: answer.service, outcome: answer.trouble?.kind ?? 'answered' });
      aws.answered(answer);
    },
    waited: metrics.waited,
    takenOver: metrics.leasesLost,
    counted: ({ to, deliver }) => ({
      to,
      deliver: async (...word) => {
        const delivery = await deliver(...word);
        metrics.carried({ lane: to, outcome: delivery.state });
        return delivery;
      },
    }),
  };
}

/** A command that is no more still has a run that ends. */
function purposeOf(commands: readonly Command[], name: string | undefined): Purpose {
  return commands.find((command) => command.name === name)?.purpose ?? 'recovery';
}
