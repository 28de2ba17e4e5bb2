import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { type FunctionRef, nameFunction } from './function.ts';

export type Source = EventSourceMappingConfiguration & { UUID: string; State: string };

/** The queues and streams that a function is called for, page by page. */
export function readSources(ref: FunctionRef, ctx: KitContext): Promise<Reading<Source[]>> {
  return reading(`event sources of the ${nameFunction(ref)}`, async () => {
    const found: Source[] = [];
    let Marker: string | undefined;
    do {
      const asked = { FunctionName: ref.function, ...(Marker === undefined ? {} : { Marker }) };
      const page = await ctx.aws.lambda(ref.region).send(new ListEventSourceMappingsCommand(asked));
      found.push(...stated(page.EventSourceMappings, 'the event sources').map(known));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    return found;
  });
}

function known(mapping: EventSourceMappingConfiguration): Source {
  return {
    ...mapping,
    UUID: stated(mapping.UUID, "an event source's id"),
    State: stated(mapping.State, "an event source's state"),
  };
}

const hour = 3_600_000;
const day = 24 * hour;

/** Where it comes from, in a word: `flightdata-ingest`. */
export function sourceName({ EventSourceArn, UUID }: Source): string {
  const [, , service = '', , , ...rest] = (EventSourceArn ?? '').split(':');
  const resource = rest.join(':').replace(/^(stream|table)\//, '');
  return service === 'dynamodb' ? (resource.split('/')[0] ?? UUID) : resource || UUID;
}

/**
 * How long a source keeps what nobody takes, in milliseconds: a DynamoDB stream a day, always; a Kinesis stream a day
 * and a queue four, unless set otherwise. A mapping may pass over what has become older than its own limit.
 */
export function keptFor({ EventSourceArn = '', MaximumRecordAgeInSeconds: limit }: Source): number | null {
  const retention = retentionOf(EventSourceArn);
  const own = limit === undefined || limit < 0 ? null : limit * 1_000;
  if (retention === null || own === null) return retention ?? own;
  return Math.min(retention, own);
}

function retentionOf(arn: string): number | null {
  if (arn.includes(':sqs:')) return 4 * day;
  return arn.includes(':dynamodb:') || arn.includes(':kinesis:') ? day : null;
}

/** `flightdata-ingest keeps records for 24 h`, as far as it is known. */
export function sayKept(source: Source): string {
  const kept = keptFor(source);
  const name = sourceName(source);
  if (kept === null) return `${name} keeps records for as long as it is set to`;
  const usual = (source.EventSourceArn ?? '').includes(':dynamodb:') ? '' : ' unless set otherwise';
  return `${name} keeps records for ${kept >= hour ? `${kept / hour} h` : `${kept / 60_000} min`}${usual}`;
}
