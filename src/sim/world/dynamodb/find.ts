import type { Fault } from '../fault.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import type { Backup, Table } from './state.ts';

export function tableArn(state: State, at: { region: string; name: string }): string {
  return `arn:aws:dynamodb:${at.region}:${state.estate.account}:table/${at.name}`;
}

export function backupArn(state: State, backup: Backup): string {
  return `${tableArn(state, { region: backup.region, name: backup.of.name })}/backup/${backup.id}`;
}

export function findTable(state: State, region: string, name: string | undefined): Table | undefined {
  return state.dynamoDb.tables.find((table) => table.region === region && table.name === name);
}

/** Whether its items can be read and written. */
export function isOpen({ status }: Table): boolean {
  return status === 'ACTIVE' || status === 'UPDATING';
}

/** By name or by ARN; a table answers in its own Region only. */
export function needTable(scene: Scene, given: string | undefined, missing = 'ResourceNotFoundException'): Table {
  const name = given?.startsWith('arn:') ? given.split(':table/')[1] : given;
  const table = findTable(scene.state, scene.region, name);
  if (table) return table;
  const what = missing === 'ResourceNotFoundException' ? 'Requested resource not found: Table' : 'Table not found';
  refuse(missing, `${what}: ${name} not found`);
}

/** The table, for whoever reads or writes its items. */
export function needOpenTable(scene: Scene, name: string | undefined): Table {
  const table = needTable(scene, name);
  if (table.status !== 'CREATING') return table;
  refuse('ResourceNotFoundException', `Requested resource not found: Table: ${table.name} is ${table.status}`);
}

export function needBackup(state: State, arn: string | undefined): Backup {
  const backup = state.dynamoDb.backups.find((other) => backupArn(state, other) === arn);
  return backup ?? refuse('BackupNotFoundException', `Backup not found: ${arn}`);
}

type TableFault = Extract<Fault, { table: string }>;

export function tableFault<K extends TableFault['kind']>(
  state: State,
  kind: K,
  table: { region: string; name: string },
): Extract<TableFault, { kind: K }> | undefined {
  const isThis = (fault: Fault): fault is Extract<TableFault, { kind: K }> =>
    fault.kind === kind && 'table' in fault && fault.region === table.region && fault.table === table.name;
  return state.faults.map((set) => set.fault).find(isThis);
}
