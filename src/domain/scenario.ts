import type { Command } from './command.ts';

/** Incidents declared with this scenario are told to nobody by themselves. */
export const securityScenario = 'security-breach';

/** Whether an incident is one, however somebody has once written it. */
export function isSecurityBreach(scenario: string | null): boolean {
  return scenario !== null && foldScenario(scenario) === foldScenario(securityScenario);
}

/** What an incident may be declared as: what the commands are for, and a security breach always. */
export function knownScenarios(commands: readonly Pick<Command, 'purpose' | 'scenario'>[]): string[] {
  const recoveries = commands.filter(({ purpose }) => purpose === 'recovery');
  const named = recoveries.flatMap(({ scenario }) => scenario?.trim() || []);
  return [...new Set(named.filter((one) => !isSecurityBreach(one))), securityScenario];
}

/** `Security breach` and `security_breach` are one scenario. */
export function foldScenario(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\p{Pd}]+/gu, '');
}
