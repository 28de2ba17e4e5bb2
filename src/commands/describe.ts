import type { Command } from '../domain/command.ts';
import { describeInput } from './input-value.ts';

/** One line for help: `failover [tasks=10] [mode=graceful]: Fail over to the standby Region`. */
export function describeCommand(command: Command): string {
  const inputs = Object.entries(command.inputs).map(([name, spec]) =>
    spec.default === undefined ? `${name}=…` : `[${name}=${String(spec.default)}]`,
  );
  const mode = command.modes.length > 1 ? [`[mode=${command.modes[0] ?? ''}]`] : [];
  return `${[command.name, ...inputs, ...mode].join(' ')}: ${command.title}`;
}

/** One line for each input: `tasks: an integer from 1 to 100, 10 if not given. ECS tasks in the standby Region`. */
export function describeInputs(command: Command): string[] {
  return Object.entries(command.inputs).map(([name, spec]) => {
    const usual = spec.default === undefined ? '' : `, ${String(spec.default)} if not given`;
    const about = spec.description ? `. ${spec.description}` : '';
    return `${name}: ${describeInput(spec)}${usual}${about}`;
  });
}
