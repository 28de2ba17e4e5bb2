import type {
  DeleteTableCommandInput,
  DeleteTableCommandOutput,
  ListTagsOfResourceCommandInput,
  ListTagsOfResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { keepLastBackup } from './backups.ts';
import { toTableDescription } from './describe.ts';
import { needTable } from './find.ts';
import type { Table } from './state.ts';

export const tableChanges: Operations = {
  DeleteTable: effect<DeleteTableCommandInput, DeleteTableCommandOutput>(
    (input) => `dynamodb:${input.TableName}`,
    (scene, input) => {
      const table = needTable(scene, input.TableName);
      if (table.status !== 'DELETING') remove(scene, table);
      return { TableDescription: toTableDescription(scene.state, table) };
    },
  ),
  TagResource: effect<TagResourceCommandInput, TagResourceCommandOutput>(
    (input) => `dynamodb:${input.ResourceArn?.split(':table/')[1]}`,
    (scene, input) => {
      const table = needTagged(scene, input.ResourceArn);
      const tags = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
      const { tagMs } = scene.state.estate.dynamoDb.timings;
      schedule(scene.state, tagMs, 'dynamoDb.next', table.id, `tags ${JSON.stringify(tags)}`);
      return {};
    },
  ),
  ListTagsOfResource: reading<ListTagsOfResourceCommandInput, ListTagsOfResourceCommandOutput>((scene, input) => {
    const { tags } = needTable(scene, input.ResourceArn);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  }),
};

/** A table takes tags only once it is there. */
function needTagged(scene: Scene, arn: string | undefined): Table {
  const table = needTable(scene, arn);
  if (table.status === 'ACTIVE') return table;
  refuse('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
}

function remove({ state }: Scene, table: Table): void {
  if (table.deletionProtection) {
    const why =
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.';
    refuse('ValidationException', why);
  }
  if (table.status === 'CREATING' || table.status === 'UPDATING')
    inUse(`Attempt to change a resource which is still in use: Table is ${table.status}: ${table.name}`);
  const backingUp = state.dynamoDb.backups.some(({ status, of }) => status === 'CREATING' && of.id === table.id);
  if (backingUp) inUse(`Attempt to delete a table of which a backup is being made: ${table.name}`);
  keepLastBackup(state, table);
  table.status = 'DELETING';
  schedule(state, state.estate.dynamoDb.timings.deleteMs, 'dynamoDb.next', table.id, 'gone');
}

function inUse(message: string): never {
  refuse('ResourceInUseException', message);
}
