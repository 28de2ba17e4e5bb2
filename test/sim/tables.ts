import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  createWorld,
  type EstateInput,
  simulatedCredentials,
  simulatedPlugin,
  type World,
} from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { east, west } from './cloud.ts';

export const main = 'flightdata-main';

/** The flight data tables, in a world of their own that has just begun. */
export function createTables(
  change: (estate: EstateInput) => EstateInput = (estate) => estate,
  sections: Parameters<typeof exampleCloud>[1] = ['dynamoDb'],
) {
  const clock: ManualClock = createManualClock('2026-03-01T12:00:00Z');
  const world: World = createWorld({ clock, estate: change(exampleCloud('flight-data', sections)) });
  const client = (region: string): DynamoDBClient => {
    const made = new DynamoDBClient({ region, credentials: simulatedCredentials, maxAttempts: 1 });
    made.middlewareStack.use(simulatedPlugin(world.call));
    return made;
  };
  return { clock, world, east: client(east), west: client(west), pass: (ms: number) => clock.advance(ms) };
}

export async function lookAt(client: DynamoDBClient, name: string) {
  return (await client.send(new DescribeTableCommand({ TableName: name }))).Table ?? {};
}

/** Items of a table, all pages, as plain values; and how many pages there were. */
export async function readAll(client: DynamoDBClient, name: string) {
  const items: Record<string, string | undefined>[] = [];
  let pages = 0;
  for (let next: Parameters<typeof page>[2]; ; pages += 1) {
    const answer = await page(client, name, next);
    for (const item of answer.Items ?? []) {
      items.push(Object.fromEntries(Object.entries(item).map(([field, value]) => [field, value.S ?? value.N])));
    }
    next = answer.LastEvaluatedKey;
    if (!next) return { items, pages: pages + 1 };
  }
}

export async function countOf(client: DynamoDBClient, name = main): Promise<number> {
  return (await readAll(client, name)).items.length;
}

function page(client: DynamoDBClient, name: string, next: ScanCommand['input']['ExclusiveStartKey']) {
  return client.send(new ScanCommand({ TableName: name, ...(next ? { ExclusiveStartKey: next } : {}) }));
}
