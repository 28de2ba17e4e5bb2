import type { CloudError } from './call.ts';

/** The error as the SDK would have thrown it: its retry strategy and `instanceof` on its classes read these fields. */
export function toSdkError(error: CloudError): Error {
  return error.network ? connectionError(error) : serviceError(error);
}

function connectionError(error: CloudError): Error {
  return Object.assign(new Error(error.message), { name: 'TimeoutError', code: error.name, $metadata: {} });
}

function serviceError(error: CloudError): Error {
  const shape = {
    name: error.name,
    Code: error.name,
    $fault: error.status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: error.status, requestId: 'simulated' },
    ...(error.retryable ? { $retryable: { throttling: error.throttling } } : {}),
  };
  return Object.assign(new Error(error.message), shape);
}
