import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsOptions, Purpose } from '../actions/kit/aws.ts';
import type { Clients } from '../actions/kit/context.ts';
import { createDnsProbe } from '../actions/probes/dns.ts';
import { createHttpProbe } from '../actions/probes/http.ts';
import { createSqlProbe } from '../actions/probes/sql.ts';
import { createTlsProbe } from '../actions/probes/tls.ts';
import { randomIds } from '../clock/ids.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import { systemClock } from '../clock/system-clock.ts';
import { secretFromEnvironment } from '../config/secrets.ts';
import type { Settings } from '../config/settings.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import { stsUrlsOf } from '../http/sts.ts';
import { realPrograms } from './programs.ts';

/** Everything outside that Muster reaches for: real in production, simulated in the sandbox and in rehearsals. */
export interface FarEnds {
  simulated: boolean;
  clock: Clock;
  ids: Ids;
  aws: Pick<AwsOptions, 'plugins' | 'endpoint' | 'credentials' | 'onSend'>;
  probes: Omit<Clients, 'aws' | 'home'>;
  /** Ends what still runs there, where anything can. */
  close?: () => void;
  /** Where a signed GetCallerIdentity is sent to learn who somebody is. */
  stsUrls: readonly [string, ...string[]];
}

export function realFarEnds(settings: Settings, home: Home): FarEnds {
  const region = settings.ownRegion ?? home.system.regions.recovery;
  const { close, ...programs } = realPrograms(settings, home);
  return {
    simulated: false,
    clock: systemClock,
    ids: randomIds,
    aws: {
      ...(settings.awsEndpointUrl === undefined ? {} : { endpoint: settings.awsEndpointUrl }),
      ...rolesOf(home, region),
    },
    probes: {
      http: createHttpProbe(() => stopwatch.elapsed()),
      sql: createSqlProbe(secretFromEnvironment),
      dns: createDnsProbe(),
      tls: createTlsProbe(),
      ...programs,
    },
    close,
    stsUrls: atLeastOne(stsUrlsOf(home, settings.awsEndpointUrl)),
  };
}

/** A role for reading and one for running, where muster.yml names them; else the ambient credentials. */
function rolesOf(home: Home, region: string): Pick<AwsOptions, 'credentials'> {
  const [account] = Object.values(home.accounts);
  if (!account?.plan_role || !account.run_role) return {};
  const roles: Record<Purpose, string> = { plan: account.plan_role, run: account.run_role };
  return {
    credentials: (purpose) =>
      fromTemporaryCredentials({
        params: { RoleArn: roles[purpose], RoleSessionName: `muster-${purpose}` },
        clientConfig: { region },
      }),
  };
}

function atLeastOne(urls: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = urls;
  if (first === undefined) throw new Error('no STS address is known for this system');
  return [first, ...rest];
}
