import { type Command, Option } from 'commander';
import { type Audience, sayOwed, sayUntold } from '../../domain/audience.ts';
import { roleNames } from '../../domain/home.ts';
import { type Incident, incidentLabel, type Recovery } from '../../domain/incident.ts';
import type { JsonObject } from '../../domain/json.ts';
import { securityScenario } from '../../domain/scenario.ts';
import { presentIncidents, presentRecovery, presentStatus, type Status } from '../present/incident.ts';
import type { Wire } from '../wire.ts';
import { collect, given } from './options.ts';
import { type Session, said, say } from './session.ts';

interface DeclareOptions {
  severity: string;
  service: string[];
  began?: string;
  scenario?: string;
}

/** declare, status, list, assign, resolve, close and publish. */
export function addIncidentWords(program: Command, session: Session): void {
  const word = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--incident <id>', 'the incident; without it the only one under way');

  program
    .command('declare <title>')
    .description('open an incident')
    .requiredOption('--severity <severity>', 'a severity of muster.yml')
    .requiredOption('--service <name>', 'a service that is affected; may be repeated', collect, [])
    .option('--began <when>', 'when the impact began: 2026-03-01T14:05Z, or 15m ago; without it now')
    .option(
      '--scenario <name>',
      `what has happened: what a command is for, or ${securityScenario}, of which nobody is told by itself`,
    )
    .action(async (title: string, options: DeclareOptions) => {
      const { severity, service: services, began, scenario } = options;
      const key = session.terminal.ids.next('terminal');
      await say(session, 'declare', given({ title, severity, services, began, scenario, key }), (answer) =>
        named(answer, 'is declared'),
      );
    });
  program
    .command('list')
    .description('all incidents, then drills and routines, newest first')
    .action(async () =>
      say(session, 'list', {}, (answer) => presentIncidents(answer.incidents as unknown as Wire<Incident>[])),
    );
  word('status [incident]', 'the incident, its run and what waits for people').action(
    async (incident: string | undefined, options: Record<string, string>) =>
      say(session, 'status', given({ incident, ...options }), (answer) => presentStatus(answer as unknown as Status)),
  );
  word('assign', 'give a person a role in the incident')
    .addOption(new Option('--role <role>', 'the role').choices(roleNames).makeOptionMandatory())
    .requiredOption('--person <name>', "the person's name in muster.yml")
    .action(async (options: Record<string, string>) => say(session, 'assign', given(options), said));
  word('resolve', 'end the impact, and measure the recovery').action(async (options: Record<string, string>) =>
    say(session, 'resolve', given(options), (answer) =>
      [named(answer, 'is resolved'), measured(answer), ...unpublished(answer), ...untold(answer)].join('\n'),
    ),
  );
  word('close', 'end the incident').action(async (options: Record<string, string>) =>
    say(session, 'close', given(options), (answer) =>
      [named(answer, 'is closed'), ...owed(answer), ...untold(answer)].join('\n'),
    ),
  );
  word('publish', 'open the public incident, as a publisher')
    .option('--body <text>', 'the words; without it the draft')
    .action(async (options: Record<string, string>) => say(session, 'publish', given(options), said));
}

function named(answer: JsonObject, what: string): string {
  const incident = answer.incident as unknown as Wire<Incident>;
  return `${incidentLabel(incident)} ${incident.title} ${what}. Channel: #${incident.channelName}`;
}

function unpublished(answer: JsonObject): string[] {
  return answer.unpublished === true
    ? ['Nothing was published on the status page, and publish no longer opens it; update can still tell the public.']
    : [];
}

function untold(answer: JsonObject): string[] {
  return [sayUntold((answer.untold ?? []) as Audience[]) ?? []].flat();
}

function owed(answer: JsonObject): string[] {
  return [sayOwed((answer.owed ?? []) as Audience[]) ?? []].flat();
}

function measured(answer: JsonObject): string {
  return presentRecovery(answer.recovery as unknown as Wire<Recovery>);
}
