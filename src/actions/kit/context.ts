import type { StepContext } from '../../domain/action.ts';
import type { DnsProbe, HttpProbe, SqlProbe, TlsProbe } from '../../domain/ports/probes.ts';
import type { HomeFolder, Scripts, Terraform } from '../../domain/ports/programs.ts';
import type { Aws, AwsSession } from './aws.ts';

interface Probes {
  http: HttpProbe;
  sql: SqlProbe;
  dns: DnsProbe;
  tls: TlsProbe;
  home: HomeFolder;
  scripts: Scripts;
  terraform: Terraform;
}

/** What actions are bound to. */
export interface Clients extends Probes {
  aws: Aws;
}

/** What an action's functions are given: the step's surroundings, and clients that heed its signal. */
export interface KitContext extends StepContext, Probes {
  aws: AwsSession;
}
