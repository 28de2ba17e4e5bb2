import type { Home } from '../domain/home.ts';

export type StsUrls = readonly [string, ...string[]];

/** Where this system's people are identified: in either Region, so that losing one locks nobody out. */
export function stsUrlsOf(home: Home, awsEndpointUrl: string | undefined): StsUrls {
  if (awsEndpointUrl !== undefined) return [awsEndpointUrl];
  const { recovery, primary } = home.system.regions;
  return [`https://sts.${recovery}.amazonaws.com/`, `https://sts.${primary}.amazonaws.com/`];
}

/** The Region that an STS address signs for; us-east-1 where the address names none. */
export function regionOfSts(stsUrl: string): string {
  return /^sts\.([a-z0-9-]+)\.amazonaws\.com$/.exec(new URL(stsUrl).hostname)?.[1] ?? 'us-east-1';
}

/** The first that answers at all within `timeoutMs` each; the first of the list when none does. */
export async function chooseSts(urls: StsUrls, timeoutMs = 3000): Promise<string> {
  for (const url of urls) {
    const answered = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) }).then(
      () => true,
      () => false,
    );
    if (answered) return url;
  }
  return urls[0];
}
