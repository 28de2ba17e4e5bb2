import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { pause } from '../wire/faults.ts';
import { type Answer, ackMs, type Delivery } from './deliver.ts';
import { record } from './limits/check.ts';
import { acceptSocket, type TextSocket } from './websocket.ts';
import type { Workspace } from './workspace.ts';

/** Socket Mode: the app opens a connection, Slack sends envelopes over it and waits for each to be acknowledged. */
export interface SocketMode extends Delivery {
  /** A new single-use address; `host` is `ws://127.0.0.1:PORT`. */
  ticket(host: string): string;
  upgrade(request: IncomingMessage, stream: Duplex): void;
  connections(): number;
  /** What Slack does when it refreshes a connection, or when somebody turns Socket Mode off. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Every connection is lost without a word. */
  drop(): void;
  /** Says goodbye on every connection and waits for it to end, a second at most. */
  stop(): Promise<void>;
}

const goodbyeMs = 1000;

export function createSocketMode(workspace: Workspace): SocketMode {
  const tickets = new Set<string>();
  const open = new Set<TextSocket>();
  const waiting = new Map<string, (answer: Answer) => void>();
  const say = (socket: TextSocket, message: unknown) => socket.send(JSON.stringify(message));

  function hear(text: string): void {
    const { envelope_id: id, payload } = record(JSON.parse(text));
    const settle = waiting.get(String(id));
    waiting.delete(String(id));
    settle?.({ ok: true, body: emptied(payload) });
  }

  return {
    ticket: (host) => {
      const ticket = workspace.nextId('ticket');
      tickets.add(ticket);
      return `${host}/link/?ticket=${ticket}&app_id=${workspace.app.id}`;
    },
    upgrade: (request, stream) => {
      const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      const onClose = () => {
        if (socket) open.delete(socket);
      };
      const socket = acceptSocket(request, stream, { onText: hear, onClose });
      if (!socket) return;
      open.add(socket);
      workspace.changes.tell();
      const info = { connection_info: { app_id: workspace.app.id }, num_connections: open.size };
      say(socket, { type: 'hello', ...info, debug_info: { host: 'sandbox', approximate_connection_time: 18_060 } });
    },
    connections: () => open.size,
    disconnect: (reason) => {
      for (const socket of open) say(socket, { type: 'disconnect', reason, debug_info: { host: 'sandbox' } });
    },
    drop: () => {
      for (const socket of open) socket.drop();
    },
    stop: async () => {
      for (const socket of open) socket.close();
      const until = performance.now() + goodbyeMs;
      while (open.size > 0 && performance.now() < until) await pause(10);
      for (const socket of open) socket.drop();
    },
    send: (kind, payload) => {
      const socket = [...open].at(-1);
      if (!socket) return Promise.resolve({ ok: false, error: 'dispatch_failed' });
      const id = workspace.nextId('envelope');
      say(socket, { type: kind, envelope_id: id, payload, accepts_response_payload: kind !== 'events_api' });
      return acknowledged(waiting, id);
    },
  };
}

/** An acknowledgement without a payload arrives as an empty object. */
function emptied(payload: unknown): unknown {
  if (typeof payload === 'string') return payload === '' ? null : payload;
  return Object.keys(record(payload)).length === 0 ? null : payload;
}

function acknowledged(waiting: Map<string, (answer: Answer) => void>, id: string): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(id);
      resolve({ ok: false, error: 'operation_timeout' });
    }, ackMs);
    waiting.set(id, (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
  });
}
