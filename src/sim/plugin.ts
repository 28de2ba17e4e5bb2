import type { HandlerExecutionContext, MetadataBearer, Pluggable } from '@smithy/types';
import { collectBody, streamBody } from './body.ts';
import type { CloudAnswer, CloudCall, Send } from './call.ts';
import { toSdkError } from './sdk-error.ts';
import { serviceOf } from './services.ts';

/** Signs harmlessly: requests never leave the middleware. */
export const simulatedCredentials = { accessKeyId: 'AKIASIMULATED', secretAccessKey: 'simulated' };

/**
 * Answers every command of a client from a world. It sits innermost but for the wire, inside the SDK's own retries and
 * after signing: `client.middlewareStack.use(simulatedPlugin(send))`.
 */
export function simulatedPlugin(send: Send): Pluggable<object, MetadataBearer> {
  return {
    applyToStack(stack) {
      stack.add(
        (_next, context) => async (args) => {
          const call = await readCall(context, args.input, 'request' in args ? args.request : undefined);
          const answer = await unlessAborted(send(call), abortSignalOf(context));
          return { response: undefined, output: readAnswer(answer) };
        },
        { step: 'deserialize', priority: 'high', name: 'simulatedCloud', override: true },
      );
    },
  };
}

async function readCall(context: HandlerExecutionContext, given: object, request: unknown): Promise<CloudCall> {
  const input: Record<string, unknown> = { ...given };
  if ('Body' in input) input.Body = await collectBody(input.Body);
  return {
    service: serviceOf(String(context.clientName)),
    command: String(context.commandName).replace(/Command$/, ''),
    region: signedRegion(request),
    input,
  };
}

function signedRegion(request: unknown): string {
  const headers = (request as { headers?: Record<string, string> } | undefined)?.headers;
  const scope = /Credential=[^/]+\/\d{8}\/([^/]+)\//.exec(headers?.authorization ?? '');
  if (!scope?.[1])
    throw new Error('The simulated cloud expects a signed request and found none: give the client credentials.');
  return scope[1];
}

function readAnswer(answer: CloudAnswer): MetadataBearer {
  if (!answer.ok) throw toSdkError(answer.error);
  const { output } = answer;
  const body = output.Body;
  return {
    ...output,
    ...(body instanceof Uint8Array ? { Body: streamBody(body) } : {}),
    $metadata: { httpStatusCode: 200, requestId: 'simulated' },
  };
}

function abortSignalOf(context: HandlerExecutionContext): AbortSignal | undefined {
  const inner = context.__smithy_context as { abortSignal?: AbortSignal } | undefined;
  return inner?.abortSignal;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
