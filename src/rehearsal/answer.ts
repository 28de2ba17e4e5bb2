import { isDeepStrictEqual } from 'node:util';
import type { CloudAnswer, Send } from '../sim/index.ts';
import { readsTables } from './estate/stand-ins.ts';
import type { StandIn } from './messages.ts';

type Call = Parameters<Send>[0];
type Of<Kind extends StandIn['kind']> = Extract<StandIn, { kind: Kind }>;
type Stood = (step: string) => void;

/**
 * Gives checks that the simulation cannot judge what they expect, once their far end answers at all. Steps with the same
 * check are given the same answer, which holds what each of them expects; `stood` is told of every one of them.
 */
export function answerInstead(send: Send, standIns: readonly StandIn[], stood: Stood): Send {
  return async (call) => {
    const pages = standIns.filter((one) => one.kind === 'http').filter((one) => isForPage(one, call));
    if (pages.length > 0) return answerPage(send, call, pages, stood);
    const queries = standIns.filter((one) => one.kind === 'sql').filter((one) => isForQuery(one, call));
    return queries.length > 0 ? answerQuery(send, call, queries, stood) : send(call);
  };
}

function isForPage({ url }: Of<'http'>, { service, input }: Call): boolean {
  return service === 'http' && input.url === url;
}

function isForQuery({ reference, text, values }: Of<'sql'>, { service, input }: Call): boolean {
  if (service !== 'sql' || input.reference !== reference || input.text !== text) return false;
  return values === null || isDeepStrictEqual(values, input.values);
}

async function answerPage(send: Send, call: Call, pages: readonly Of<'http'>[], stood: Stood): Promise<CloudAnswer> {
  const answer = await send(call);
  if (!answer.ok || answer.output.status !== 200) return answer;
  for (const { step } of pages) stood(step);
  const body = [answer.output.body, ...pages.map((page) => page.body)].join('\n');
  return { ok: true, output: { ...answer.output, status: pages[0]?.status, body } };
}

async function answerQuery(send: Send, call: Call, queries: readonly Of<'sql'>[], stood: Stood): Promise<CloudAnswer> {
  const answers = await send({ ...call, input: { ...call.input, text: 'select 1', values: [] } });
  if (!answers.ok) return answers;
  const answer = readsTables(String(call.input.text)) ? null : await send(call);
  if (answer?.ok || (answer && answer.error.name !== 'PostgresError')) return answer;
  for (const { step } of queries) stood(step);
  return { ok: true, output: { rows: [Object.assign({}, ...queries.map(({ row }) => row))] } };
}
