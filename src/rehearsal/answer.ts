import type { Send } from '../sim/index.ts';
import { readsTables } from './estate/stand-ins.ts';
import type { StandIn } from './messages.ts';

/**
 * Gives checks that the simulation cannot judge what they expect, once their far end answers at all; `stood` is told of
 * each step that was helped so.
 */
export function answerInstead(send: Send, standIns: readonly StandIn[], stood: (step: string) => void): Send {
  return async (call) => {
    const standIn = standIns.find((one) => isFor(one, call));
    if (!standIn) return send(call);
    if (standIn.kind === 'http') {
      const answer = await send(call);
      if (!answer.ok || answer.output.status !== 200) return answer;
      stood(standIn.step);
      return { ok: true, output: { ...answer.output, status: standIn.status, body: standIn.body } };
    }
    const answers = await send({ ...call, input: { ...call.input, text: 'select 1', values: [] } });
    if (!answers.ok) return answers;
    const answer = readsTables(standIn.text) ? null : await send(call);
    if (answer?.ok || (answer && answer.error.name !== 'PostgresError')) return answer;
    stood(standIn.step);
    return { ok: true, output: { rows: [standIn.row] } };
  };
}

function isFor(one: StandIn, { service, input }: Parameters<Send>[0]): boolean {
  if (one.kind === 'http') return service === 'http' && input.url === one.url;
  return service === 'sql' && input.reference === one.reference && input.text === one.text;
}
