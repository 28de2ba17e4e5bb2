import { isDark } from '../model.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { findFunction } from './find.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

const validSeconds = 600;
const hosts = /^awslambda-([a-z0-9-]+)-tasks\.s3\.[a-z0-9-]+\.amazonaws\.com$/;

/** Where a package can be had for ten minutes. */
export function codeAddress(state: State, fn: LambdaFunction, version = '$LATEST'): string {
  return address(state, fn.region, `snapshots/${fn.name}/${encodeURIComponent(version)}`);
}

export function layerAddress(state: State, { region, arn }: LambdaState['layers'][number]): string {
  return address(state, region, `layers/${encodeURIComponent(arn)}`);
}

function address(state: State, region: string, path: string): string {
  const host = `awslambda-${region}-tasks.s3.${region}.amazonaws.com`;
  return `https://${host}/${path}?X-Amz-Date=${state.at}&X-Amz-Expires=${validSeconds}&X-Amz-Signature=simulated`;
}

/** What is behind such an address: what it was for when it is asked, or S3's refusal once its time is over. */
export function download(state: State, input: { url: string }): { status: number; bytes: Uint8Array } {
  const url = new URL(input.url);
  const region = hosts.exec(url.hostname)?.[1];
  if (region === undefined) refuse('ENOTFOUND', `No address was found for ${url.hostname}.`, 0);
  if (isDark(state, region)) refuse('ETIMEDOUT', `${url.hostname} did not answer.`, 0);
  const until = Number(url.searchParams.get('X-Amz-Date')) + validSeconds * 1_000;
  const base64 = state.at > until ? undefined : contents(state, region, url.pathname);
  return base64 === undefined
    ? { status: 403, bytes: new TextEncoder().encode('<Error><Code>AccessDenied</Code></Error>') }
    : { status: 200, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}

function contents(state: State, region: string, path: string): string | undefined {
  const [kind, name = '', version = ''] = path.slice(1).split('/').map(decodeURIComponent);
  if (kind === 'layers') return state.lambda.layers.find((one) => one.region === region && one.arn === name)?.base64;
  const fn = findFunction(state, region, name);
  return fn?.versions.find((one) => one.version === version)?.base64 ?? fn?.base64;
}
