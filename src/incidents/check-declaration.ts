import type { Command } from '../domain/command.ts';
import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { advice } from '../domain/nearest.ts';
import { sayUtc } from '../domain/say-instant.ts';
import { foldScenario, knownScenarios } from '../domain/scenario.ts';
import type { DeclareAsk } from './incidents.ts';

const longestTitle = 150;
const longestScenario = 75;
const oldestImpactDays = 30;
const dayMs = 86_400_000;
/** A form is filled in whole minutes, by clocks that differ. */
const skewMs = 60_000;

/** The declaration as it will be kept; each fault is a sentence for its field. */
export function checkDeclaration(
  { home, commands }: { home: Home; commands: readonly Command[] },
  ask: DeclareAsk,
  now: Date,
): DeclareAsk {
  const title = checkTitle(ask.title);
  const severity = checkKnown('severity', ask.severity, Object.keys(home.severities));
  const services = checkServices(home, ask.services);
  const impactBeganAt = checkImpact(ask.impactBeganAt, now);
  const scenario = checkScenario(knownScenarios(commands), ask.scenario);
  return { title, severity, services, impactBeganAt, requestKey: ask.requestKey, ...(scenario && { scenario }) };
}

function checkTitle(typed: string): string {
  const title = typed.replace(/\s+/g, ' ').trim();
  if (title === '') throw new Refusal('The title is empty: say in a few words what is wrong.', 'title');
  if (title.length > longestTitle) {
    throw new Refusal(`The title has ${title.length} characters: at most ${longestTitle} are expected.`, 'title');
  }
  return title;
}

/** A name of muster.yml as it is written there; letters may differ in case. */
export function checkKnown(field: string, typed: string, known: readonly string[]): string {
  const word = typed.trim();
  const match = known.find((one) => one === word) ?? known.find((one) => one.toLowerCase() === word.toLowerCase());
  if (match) return match;
  throw new Refusal(`There is no ${field} ${word || '(empty)'} in muster.yml: ${advice(word, known)}`, field);
}

function checkServices(home: Home, typed: readonly string[]): string[] {
  const known = Object.keys(home.system.services);
  const services = [...new Set(typed.map((one) => one.trim()).filter((one) => one !== ''))];
  if (services.length === 0) {
    throw new Refusal(`No service was named: name at least one of ${known.join(', ')}.`, 'services');
  }
  return services.map((one) => checkService(one, known));
}

function checkService(typed: string, known: readonly string[]): string {
  if (known.includes(typed)) return typed;
  throw new Refusal(`There is no service ${typed} in muster.yml: ${advice(typed, known)}`, 'services');
}

function checkImpact(impactBeganAt: Date, now: Date): Date {
  const at = impactBeganAt.getTime();
  if (Number.isNaN(at)) {
    throw new Refusal('When the impact began is not a time: write it like 2026-03-01T14:05Z.', 'impactBeganAt');
  }
  if (at > now.getTime() + skewMs) {
    throw new Refusal(
      `The impact cannot begin in the future: ${sayUtc(impactBeganAt)} is after now, ${sayUtc(now)}.`,
      'impactBeganAt',
    );
  }
  if (at < now.getTime() - oldestImpactDays * dayMs) {
    throw new Refusal(
      `The impact began ${sayUtc(impactBeganAt)}, more than ${oldestImpactDays} days ago: check the date.`,
      'impactBeganAt',
    );
  }
  return impactBeganAt;
}

/** Never kept as it was typed: a security breach that is misspelt would be told to everybody. */
function checkScenario(known: readonly string[], typed: string | undefined): string | undefined {
  const scenario = typed?.replace(/\s+/g, ' ').trim();
  if (!scenario) return undefined;
  const match = known.find((one) => foldScenario(one) === foldScenario(scenario));
  if (match !== undefined) return match;
  if (scenario.length > longestScenario) {
    throw new Refusal(
      `The scenario has ${scenario.length} characters: at most ${longestScenario} are expected.`,
      'scenario',
    );
  }
  throw new Refusal(`There is no scenario ${scenario}: ${advice(scenario, known)}`, 'scenario');
}
