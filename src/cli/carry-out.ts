import { sayAsked } from '../domain/asked.ts';
import { Refusal } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import type { ConsentView, RunView } from '../domain/views.ts';
import type { PlanMade } from '../recovery/recovery.ts';
import { type Exit, exit } from './exit.ts';
import { exitOfConsent, findStarted, followConsent, followRun } from './follow.ts';
import { presentConsent } from './present/consent.ts';
import { presentPlan } from './present/plan.ts';
import { jsonLine } from './present/text.ts';
import type { Door, Terminal } from './terminal.ts';
import type { Wire } from './wire.ts';

export interface CarryOutOptions {
  confirm: string | undefined;
  code: string | undefined;
  /** Reasons for what could not be read: `step/check` → reason. */
  accept: Record<string, string>;
  wait: boolean;
  json: boolean;
}

/** Plans, shows, asks for the phrase, requests consent, and follows what comes of it. */
export async function carryOut(
  terminal: Terminal,
  door: Door,
  plan: { word: 'plan' | 'plan-undo'; args: JsonObject },
  options: CarryOutOptions,
): Promise<Exit> {
  const print = options.json ? () => undefined : (text: string) => terminal.print(text);
  const made = (await door.call(plan.word, plan.args)) as unknown as Wire<PlanMade>;
  print(presentPlan(made));
  refuseUnready(made, options);
  const phrase = await readPhrase(terminal, made, options);
  await door.call('post', { plan: made.plan.id });
  const answer = await door.call('request', { plan: made.plan.id, phrase, accept: options.accept });
  const requested = (answer as unknown as { consent: Wire<ConsentView> }).consent;
  const { code, consent, run } = await follow(terminal, door, requested, options, print);
  if (options.json) terminal.print(jsonLine({ plan: made.plan, consent, run, exit: code }));
  return code;
}

interface Followed {
  code: Exit;
  consent: Wire<ConsentView>;
  run: Wire<RunView> | null;
}

async function follow(
  terminal: Terminal,
  door: Door,
  requested: Wire<ConsentView>,
  options: CarryOutOptions,
  print: (text: string) => void,
): Promise<Followed> {
  if (!options.wait) {
    print(presentConsent(requested));
    if (door.inProcess)
      terminal.complain('No Muster is serving: nothing goes on until `npm run serve` or another word keeps one open.');
    return { code: exit.waiting, consent: requested, run: null };
  }
  const consent = await followConsent(terminal, door, requested, print);
  if (consent.state !== 'granted') return { code: exitOfConsent(consent), consent, run: null };
  const runId = await findStarted(terminal, door, consent);
  if (runId === null) {
    terminal.complain(
      `${sayAsked(consent.plan, consent.amendment)} ${consent.code} is granted, but its run was not seen to start: look with \`muster status\`.`,
    );
    return { code: exit.waiting, consent, run: null };
  }
  const { code, run } = await followRun(terminal, door, runId, print);
  return { code, consent, run };
}

function refuseUnready(made: Wire<PlanMade>, options: CarryOutOptions): void {
  const inTheWay = made.problems.filter((problem) => options.accept[problem.check] === undefined);
  if (made.verdict === 'blocked' || (made.verdict === 'needs-acceptance' && inTheWay.length > 0)) {
    const why = inTheWay.map((problem) => `${problem.check}: ${problem.sentence}`).join(' ');
    throw new Refusal(`Nothing was asked for. ${why}`);
  }
}

async function readPhrase(terminal: Terminal, made: Wire<PlanMade>, options: CarryOutOptions): Promise<string> {
  const { phrase, code, command } = made.plan;
  if (options.code !== undefined && options.code.toUpperCase() !== code.toUpperCase()) {
    throw new Refusal(
      `The plan is now ${code}, not ${options.code}: read it again with \`muster plan ${command}\`. Nothing was asked for.`,
      'code',
    );
  }
  if (options.confirm !== undefined && options.code !== undefined) return options.confirm;
  if (phrase === null && options.code !== undefined) return '';
  if (terminal.ask === null) {
    const confirm = phrase === null ? '' : `--confirm ${phrase} `;
    throw new Refusal(
      `Nobody is at the keyboard: add ${confirm}--code ${code}, having read the plan. Nothing was asked for.`,
      'confirm',
    );
  }
  return await askPhrase(terminal.ask, phrase);
}

async function askPhrase(ask: (question: string) => Promise<string>, phrase: string | null): Promise<string> {
  const wanted = phrase ?? 'yes';
  const typed = (await ask(`Type ${wanted} to ask for this, anything else to stop: `)).trim();
  if (typed !== wanted) throw new Refusal(`Expected ${wanted}. Nothing was asked for.`, 'phrase');
  return phrase === null ? '' : typed;
}
