import type { Command } from '../../domain/command.ts';
import { showsHealth } from '../../domain/health.ts';
import type { Plan } from '../../domain/plan.ts';

/** As many as a sentence names. */
const most = 2;

/** What people may type next: what recovers from the same, and looks at health. */
export function sayNext(
  commands: readonly Command[],
  { command, scenario }: Pick<Plan, 'command' | 'scenario'>,
): string {
  const fit = commands.filter((one) => {
    const isOther = one.purpose === 'recovery' && one.name !== command;
    return isOther && one.scenario === scenario && one.steps.some(({ uses }) => showsHealth(uses));
  });
  const named = fit.slice(0, most).map(({ name }) => `/dr ${name}`);
  return named.length === 0 ? '/dr help' : named.join(' or ');
}
