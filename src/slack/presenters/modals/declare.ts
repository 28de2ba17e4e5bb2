import type { Command } from '../../../domain/command.ts';
import type { Home } from '../../../domain/home.ts';
import { knownScenarios, securityScenario } from '../../../domain/scenario.ts';
import { form } from '../../values.ts';
import { type Block, option, plainText, section } from '../blocks.ts';
import { said, saidLines } from '../escape.ts';
import { limits } from '../limit.ts';
import { fitting, type Modal, modal, selectInput, textInput } from './view.ts';

export interface DeclareForm {
  home: Home;
  commands: readonly Command[];
  now: Date;
  title: string;
  metadata: string;
  simulated: boolean;
  /** Why the last attempt was refused. */
  refusal?: string;
}

/** What is known of an incident in its first minute: the form that `/dr declare` opens at once. */
export function declareModal(ask: DeclareForm): Modal {
  return modal({
    title: 'Declare an incident',
    callback: form.declare,
    metadata: ask.metadata,
    submit: 'Declare',
    close: 'Cancel',
    simulated: ask.simulated,
    blocks: [...refused(ask.refusal), ...declareFields(ask)],
  });
}

/** A command was asked for and no incident is open: one is declared first, in the same modal. */
export function declareFirstModal(ask: DeclareForm & { command: string }): Modal {
  const why = `No incident is open. Declare one, and the plan of *${said(ask.command)}* is read at once. Nothing runs yet.`;
  return modal({
    title: fitting(`Declare, then ${ask.command}`, 'Declare, then plan'),
    callback: form.declareFirst,
    metadata: ask.metadata,
    submit: 'Declare and plan',
    close: 'Cancel',
    simulated: ask.simulated,
    blocks: [...refused(ask.refusal), section(why), ...declareFields(ask)],
  });
}

function refused(refusal: string | undefined): Block[] {
  return refusal === undefined ? [] : [section(`⛔ ${saidLines(refusal)}`)];
}

function declareFields(ask: DeclareForm): Block[] {
  const severities = Object.keys(ask.home.severities).map((name) => ({ text: name, value: name }));
  return [
    textInput({
      field: 'title',
      label: 'What is wrong?',
      hint: 'As people notice it, such as: checkout fails for everybody.',
      max: 120,
      ...(ask.title ? { initial: ask.title.slice(0, 120) } : {}),
    }),
    selectInput({
      field: 'severity',
      label: 'Severity',
      options: severities,
      hint: 'Unsure? Take the higher one.',
      ...(severities[0] ? { initial: severities[0].value } : {}),
    }),
    servicesInput(ask.home),
    beganInput(ask.now),
    scenarioInput(knownScenarios(ask.commands)),
  ];
}

function servicesInput(home: Home): Block {
  const services = Object.entries(home.system.services).map(([name, service]) =>
    option(`${name} (${service.priority})`, name),
  );
  const groups = Array.from({ length: Math.ceil(services.length / 100) }, (_, index) => ({
    label: plainText(`Services ${index + 1}`, limits.option),
    options: services.slice(index * 100, index * 100 + 100),
  }));
  return {
    type: 'input',
    block_id: 'services',
    label: plainText('Affected services', limits.label),
    element: {
      type: 'multi_static_select',
      action_id: 'services',
      ...(groups.length > 1 ? { option_groups: groups } : { options: services }),
      ...(services.length === 1 ? { initial_options: services } : {}),
    },
  };
}

function beganInput(now: Date): Block {
  return {
    type: 'input',
    block_id: 'impactBeganAt',
    label: plainText('When did the impact begin?', limits.label),
    hint: plainText('In your own time zone. The recovery clock runs from here.', limits.label),
    element: {
      type: 'datetimepicker',
      action_id: 'impactBeganAt',
      initial_date_time: Math.floor(now.getTime() / 1000),
    },
  };
}

function scenarioInput(scenarios: readonly string[]): Block {
  return selectInput({
    field: 'scenario',
    label: 'Scenario',
    optional: true,
    hint: `Of a ${securityScenario} nobody is told by itself: people send every word.`,
    options: scenarios.map((name) => ({ text: name, value: name })),
  });
}
