import type { ServerResponse } from 'node:http';
import type { Slices } from './slices.ts';

export interface Stream {
  add(response: ServerResponse): void;
  /** Sends whatever changed, soon. */
  nudge(): void;
  stop(): void;
}

/** Changes are gathered for this long, and the world is looked at this often while somebody watches. */
const gatherMs = 60;
const lookMs = 300;

/** Server-sent events: a whole picture first, then each slice as it changes. */
export function createStream(read: () => Slices): Stream {
  const clients = new Set<ServerResponse>();
  let sent = new Map<string, string>();
  let gathering: NodeJS.Timeout | null = null;

  function flush(): void {
    gathering = null;
    if (clients.size === 0) return;
    const now = serialised(read());
    const gone = [...sent.keys()].filter((name) => !now.has(name));
    const changed = [...now].filter(([name, value]) => sent.get(name) !== value);
    sent = now;
    for (const client of clients) {
      for (const [name, value] of changed) write(client, name, value);
      for (const name of gone) write(client, name);
    }
  }

  const nudge = () => {
    gathering ??= setTimeout(flush, gatherMs);
  };
  const looking = setInterval(() => {
    if (clients.size > 0) nudge();
  }, lookMs);

  return {
    nudge,
    add: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      flush();
      const whole = serialised(read());
      for (const [name, value] of whole) write(response, name, value);
      if (clients.size === 0) sent = whole;
      clients.add(response);
      response.once('close', () => clients.delete(response));
    },
    stop: () => {
      clearInterval(looking);
      if (gathering) clearTimeout(gathering);
      for (const client of clients) client.end();
    },
  };
}

function serialised(slices: Slices): Map<string, string> {
  return new Map(Object.entries(slices).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** A slice without a value is there no more. */
function write(response: ServerResponse, name: string, value?: string): void {
  const told = value === undefined ? '' : `,"value":${value}`;
  response.write(`data: {"name":${JSON.stringify(name)}${told}}\n\n`);
}
