import type {
  AddTagsToResourceCommandInput,
  AddTagsToResourceCommandOutput,
  DescribeDBInstancesCommandInput,
  DescribeDBInstancesCommandOutput,
  DescribeEventsCommandInput,
  DescribeEventsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-rds';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Database, State } from '../state.ts';
import { databaseArn, toDBInstance } from './shape.ts';
import { needDatabase } from './work.ts';

const hourMs = 3_600_000;

export const databaseReadings: Operations = {
  DescribeDBInstances: reading<DescribeDBInstancesCommandInput, DescribeDBInstancesCommandOutput>(describe),
  DescribeEvents: reading<DescribeEventsCommandInput, DescribeEventsCommandOutput>(describeEvents),
  ListTagsForResource: reading<ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput>((scene, input) => ({
    TagList: Object.entries(needArn(scene, input.ResourceName).tags).map(([Key, Value]) => ({ Key, Value })),
  })),
  AddTagsToResource: effect<AddTagsToResourceCommandInput, AddTagsToResourceCommandOutput>(
    (input) => `rds:${input.ResourceName?.split(':').at(-1)}`,
    (scene, input) => {
      const database = needArn(scene, input.ResourceName);
      for (const tag of input.Tags ?? []) if (tag.Key) database.tags[tag.Key] = tag.Value ?? '';
      return {};
    },
  ),
};

function needArn(scene: Scene, arn: string | undefined): Database {
  const found = scene.state.databases.find((database) => databaseArn(scene.state, database) === arn);
  if (found?.region !== scene.region) refuse('DBInstanceNotFoundFault', `${arn} names no DB instance here.`, 404);
  return found;
}

function describe(
  scene: Scene,
  input: DescribeDBInstancesCommandInput,
): Omit<DescribeDBInstancesCommandOutput, '$metadata'> {
  const { state, region } = scene;
  const id = input.DBInstanceIdentifier?.split(':').at(-1);
  if (id) return { DBInstances: [toDBInstance(state, needDatabase(state, region, id))] };
  const size = pageSize(input.MaxRecords);
  const from = Number(input.Marker ?? 0);
  const here = state.databases.filter((database) => database.region === region && passes(input, state, database));
  const page = here.slice(from, from + size).map((database) => toDBInstance(state, database));
  return { DBInstances: page, ...(from + size < here.length ? { Marker: String(from + size) } : {}) };
}

function passes(input: DescribeDBInstancesCommandInput, state: State, database: Database): boolean {
  const named: Record<string, string[]> = {
    'db-instance-id': [database.id, databaseArn(state, database)],
    'dbi-resource-id': [database.resourceId],
  };
  return (input.Filters ?? []).every(({ Name = '', Values = [] }) => {
    const names = named[Name] ?? refuse('InvalidParameterValue', `Unrecognized filter name: ${Name}`);
    return Values.some((value) => names.includes(value));
  });
}

function pageSize(asked: number | undefined): number {
  const size = asked ?? 100;
  if (size < 20 || size > 100) refuse('InvalidParameterValue', `MaxRecords must be from 20 to 100, found ${size}.`);
  return size;
}

function describeEvents(
  scene: Scene,
  input: DescribeEventsCommandInput,
): Omit<DescribeEventsCommandOutput, '$metadata'> {
  const { state, region } = scene;
  const since = input.StartTime?.getTime() ?? state.at - (input.Duration ?? 60) * 60_000;
  const until = input.EndTime?.getTime() ?? state.at;
  const earliest = Math.max(since, state.at - 14 * 24 * hourMs);
  const events = state.databases
    .filter((database) => database.region === region)
    .filter((database) => !input.SourceIdentifier || database.id === input.SourceIdentifier)
    .flatMap((database) => database.events.map((event) => ({ database, event })))
    .filter(({ event }) => event.at >= earliest && event.at <= until)
    .sort((a, b) => a.event.at - b.event.at);
  return {
    Events: events.map(({ database, event }) => ({
      SourceIdentifier: database.id,
      SourceType: 'db-instance',
      SourceArn: databaseArn(state, database),
      Date: new Date(event.at),
      Message: event.message,
      EventCategories: event.categories,
    })),
  };
}
