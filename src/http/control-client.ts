import { request } from 'node:http';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { Json, type JsonObject } from '../domain/json.ts';
import { isAnswered } from './control-server.ts';
import type { IdentityProof } from './identity-proof.ts';

export interface ControlClientOptions {
  socket: string;
  /** A new proof for each word: a proof is good once. */
  prove: (word: string, args: JsonObject) => Promise<IdentityProof>;
}

/** Speaks to the Muster that holds this socket. */
export interface ControlClient {
  call(word: string, args: JsonObject): Promise<JsonObject>;
}

const Answer = z.union([
  z.object({ result: z.record(z.string(), Json) }),
  z.object({ refusal: z.string(), field: z.string().nullish() }),
]);

/** Null when no process listens there. */
export async function openControlClient(options: ControlClientOptions): Promise<ControlClient | null> {
  if (!(await isAnswered(options.socket))) return null;
  return {
    call: async (word, args) => {
      const identity = await options.prove(word, args);
      const text = await post(options.socket, JSON.stringify({ word, args, identity }));
      const answer = Answer.parse(JSON.parse(text));
      if ('result' in answer) return answer.result as JsonObject;
      throw new Refusal(answer.refusal, answer.field ?? undefined);
    },
  };
}

async function post(socket: string, body: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ socketPath: socket, path: '/v1/word', method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    sent.on('error', (error) =>
      reject(new Error(`Muster at ${socket} stopped answering (${error.message}).`, { cause: error })),
    );
    sent.end(body);
  });
}
