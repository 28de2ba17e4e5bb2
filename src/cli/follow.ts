import type { ConsentView, RunView } from '../domain/views.ts';
import { type Exit, exit, exitOf } from './exit.ts';
import { presentConsent } from './present/consent.ts';
import { presentChanges } from './present/run.ts';
import type { Door, Terminal } from './terminal.ts';
import type { Wire } from './wire.ts';

const lookMs = 1000;

/** Prints each change until the run ends or waits for a person. */
export async function followRun(
  terminal: Terminal,
  door: Door,
  runId: string,
  print: (text: string) => void,
): Promise<{ code: Exit; run: Wire<RunView> }> {
  let before: Wire<RunView> | null = null;
  for (;;) {
    const { run } = (await door.call('show-run', { run: runId })) as unknown as { run: Wire<RunView> };
    for (const line of presentChanges(before, run)) print(line);
    const code = exitOf(run.run);
    if (code !== null) return { code, run };
    before = run;
    await terminal.clock.sleep(lookMs);
  }
}

/** Waits until people have answered a request. */
export async function followConsent(
  terminal: Terminal,
  door: Door,
  first: Wire<ConsentView>,
  print: (text: string) => void,
): Promise<Wire<ConsentView>> {
  let consent = first;
  let shown = '';
  for (;;) {
    const line = presentConsent(consent);
    if (line !== shown) print(line);
    shown = line;
    if (consent.state !== 'pending') return consent;
    await terminal.clock.sleep(lookMs);
    const answer = await door.call('show-consent', { consent: consent.id });
    consent = (answer as unknown as { consent: Wire<ConsentView> }).consent;
  }
}

/** The run that a granted request started. */
export async function findStarted(terminal: Terminal, door: Door, consent: Wire<ConsentView>): Promise<string | null> {
  for (let looked = 0; looked < 10; looked++) {
    const answer = await door.call('status', { incident: consent.plan.incidentId });
    const { run } = answer as unknown as { run: Wire<RunView> | null };
    if (run?.run.planId === consent.plan.id) return run.run.id;
    await terminal.clock.sleep(lookMs);
  }
  return null;
}

/** What a request that was not granted comes to. */
export function exitOfConsent(consent: Wire<ConsentView>): Exit {
  return consent.state === 'pending' ? exit.waiting : exit.failed;
}
