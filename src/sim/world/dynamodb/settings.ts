import type {
  DescribeTimeToLiveCommandInput,
  DescribeTimeToLiveCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
  UpdateTableCommandInput,
  UpdateTableCommandOutput,
  UpdateTimeToLiveCommandInput,
  UpdateTimeToLiveCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { toTableDescription } from './describe.ts';
import { needTable } from './find.ts';
import type { Table } from './state.ts';

const named = (input: { TableName: string | undefined }): string => `dynamodb:${input.TableName}`;

export const settingOperations: Operations = {
  UpdateTable: effect<UpdateTableCommandInput, UpdateTableCommandOutput>(named, (scene, input) => {
    const table = needIdle(scene, input.TableName);
    changeStream(scene, table, input.StreamSpecification);
    table.deletionProtection = input.DeletionProtectionEnabled ?? table.deletionProtection;
    table.status = 'UPDATING';
    schedule(scene.state, scene.state.estate.dynamoDb.timings.updateMs, 'dynamoDb.next', table.id, 'updated');
    return { TableDescription: toTableDescription(scene.state, table) };
  }),
  DescribeTimeToLive: reading<DescribeTimeToLiveCommandInput, DescribeTimeToLiveCommandOutput>((scene, input) => {
    const { ttl, ttlSettlesAt } = needTable(scene, input.TableName);
    const settled = scene.state.at >= ttlSettlesAt;
    if (ttl === null) return { TimeToLiveDescription: { TimeToLiveStatus: settled ? 'DISABLED' : 'DISABLING' } };
    return { TimeToLiveDescription: { TimeToLiveStatus: settled ? 'ENABLED' : 'ENABLING', AttributeName: ttl } };
  }),
  UpdateTimeToLive: effect<UpdateTimeToLiveCommandInput, UpdateTimeToLiveCommandOutput>(named, updateTtl),
  UntagResource: effect<UntagResourceCommandInput, UntagResourceCommandOutput>(
    (input) => `dynamodb:${input.ResourceArn?.split(':table/')[1]}`,
    (scene, input) => {
      const table = needTable(scene, input.ResourceArn);
      const detail = `untag ${JSON.stringify(input.TagKeys ?? [])}`;
      schedule(scene.state, scene.state.estate.dynamoDb.timings.tagMs, 'dynamoDb.next', table.id, detail);
      return {};
    },
  ),
};

/** A table takes one change at a time. */
function needIdle(scene: Scene, name: string | undefined): Table {
  const table = needTable(scene, name);
  if (table.status === 'ACTIVE') return table;
  refuse(
    'ResourceInUseException',
    `Attempt to change a resource which is still in use: Table is ${table.status}: ${name}`,
  );
}

function changeStream(scene: Scene, table: Table, asked: UpdateTableCommandInput['StreamSpecification']): void {
  if (!asked) return;
  if (asked.StreamEnabled && table.stream) refuse('ValidationException', 'Table already has an enabled stream');
  if (!asked.StreamEnabled && !table.stream) refuse('ValidationException', 'Table has no stream to disable');
  table.stream = asked.StreamEnabled ? (asked.StreamViewType ?? null) : null;
  table.streamSince = scene.state.at;
}

function updateTtl(scene: Scene, input: UpdateTimeToLiveCommandInput) {
  const table = needIdle(scene, input.TableName);
  const { Enabled: on = false, AttributeName: attribute = '' } = input.TimeToLiveSpecification ?? {};
  if (scene.state.at < table.ttlSettlesAt) {
    refuse('ValidationException', 'Time to live has been modified multiple times within a fixed interval');
  }
  if (on === (table.ttl !== null))
    refuse('ValidationException', `TimeToLive is already ${on ? 'enabled' : 'disabled'}`);
  table.ttl = on ? attribute : null;
  table.ttlSettlesAt = scene.state.at + scene.state.estate.dynamoDb.timings.ttlMs;
  return { TimeToLiveSpecification: { Enabled: on, AttributeName: attribute } };
}
