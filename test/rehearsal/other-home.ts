import { catalogue } from '../../src/actions/catalogue.ts';
import { parseCommand } from '../../src/commands/parse-command.ts';
import type { Command } from '../../src/domain/command.ts';
import { Home } from '../../src/domain/home.ts';

/** A company that shares nothing with the example: other Regions, other names, records that are written. */
export const otherHome = Home.parse({
  version: 1,
  system: {
    name: 'bank',
    title: 'Bank',
    regions: { primary: 'eu-west-1', recovery: 'eu-central-1' },
    objectives: { rto: '2h', rpo: '30m' },
    services: { ledger: {} },
  },
  accounts: { main: { id: '210987654321' } },
  resources: {
    database: { 'eu-west-1': 'ledger-a', 'eu-central-1': 'ledger-b' },
    connection: { 'eu-west-1': 'env:LEDGER_A', 'eu-central-1': 'env:LEDGER_B' },
    balancer: {
      'eu-west-1': { name: 'a.eu-west-1.elb.amazonaws.com', zone: 'Z32O12XQLNTSW2' },
      'eu-central-1': { name: 'b.eu-central-1.elb.amazonaws.com', zone: 'Z215JYRZR1TBD5' },
    },
  },
  severities: { P1: {} },
  people: { ina: { slack: 'U0INA' }, jon: { slack: 'U0JON' } },
  roles: { responders: ['ina'], commanders: ['ina'], approvers: ['ina', 'jon'] },
  channels: { incidents: '#ops' },
});

const move = `
name: move
title: Move the ledger
confirm: MOVE
inputs:
  tasks: { type: integer, default: 6 }
steps:
  - id: up
    uses: ecs.scale-service
    with: { region: "\${{ regions.standby }}", cluster: ledger, service: ledger, count: "\${{ inputs.tasks }}" }
  - id: stop
    uses: ecs.scale-service
    fence: true
    with: { region: "\${{ regions.active }}", cluster: ledger, service: ledger, count: 0 }
  - id: promote
    uses: rds.promote-read-replica
    with: { region: "\${{ regions.standby }}", instance: "\${{ resources.database[regions.standby] }}" }
  - id: booked
    uses: sql.assert
    with:
      connection: \${{ resources.connection[regions.standby] }}
      query: select balance = 0 as balanced from trial_balance where year = 2026
      expect: { balanced: true }
  - id: healthy
    uses: elb.check-targets
    with: { region: "\${{ regions.standby }}", target_group: ledger, minimum: 6 }
  - id: name
    uses: route53.upsert-record
    with:
      zone_id: Z0BANK
      name: ledger.bank.example
      type: A
      alias:
        dns_name: \${{ resources.balancer[regions.standby].name }}
        zone_id: \${{ resources.balancer[regions.standby].zone }}
        evaluate_target_health: false
      to: \${{ regions.standby }}
  - id: answers
    uses: http.check
    with: { url: "https://ledger.bank.example/up", contains: LEDGER UP }
`;

export function commandOf(name: string, text: string): Command {
  return parseCommand(text, `${name}.yml`, { home: otherHome, catalogue });
}

export const moveCommand = commandOf('move', move);
