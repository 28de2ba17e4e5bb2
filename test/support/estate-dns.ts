import {
  ChangeResourceRecordSetsCommand,
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';

export interface Dns {
  zone: string;
  name: string;
  healthCheck: string;
}

const name = 'api.dr.example.com';

/** Zone ids of application load balancers, by Region: AWS's own. */
const albZone = { primary: 'Z35SXDOTRQ7X7K', recovery: 'Z1H1FL5HABSF5' };

/** A failover pair whose primary leaves when an object appears in the standby Region's bucket. */
export async function buildDns(
  route53: Route53Client,
  bucket: string,
  primaryAlb: string,
  recoveryAlb: string,
): Promise<Dns> {
  const created = await route53.send(new CreateHostedZoneCommand({ Name: 'dr.example.com', CallerReference: 'zone' }));
  const zone = created.HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
  const healthCheck = await createHealthCheck(route53, bucket);
  const change = (set: ResourceRecordSet) => ({ Action: 'CREATE' as const, ResourceRecordSet: set });
  const alias = (DNSName: string, HostedZoneId: string) => ({ DNSName, HostedZoneId, EvaluateTargetHealth: true });
  await route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: {
        Changes: [
          change({
            Name: name,
            Type: 'A',
            SetIdentifier: 'primary',
            Failover: 'PRIMARY',
            HealthCheckId: healthCheck,
            AliasTarget: alias(primaryAlb, albZone.primary),
          }),
          change({
            Name: name,
            Type: 'A',
            SetIdentifier: 'recovery',
            Failover: 'SECONDARY',
            AliasTarget: alias(recoveryAlb, albZone.recovery),
          }),
        ],
      },
    }),
  );
  return { zone, name, healthCheck };
}

async function createHealthCheck(route53: Route53Client, bucket: string): Promise<string> {
  const created = await route53.send(
    new CreateHealthCheckCommand({
      CallerReference: 'standby-switch',
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: `${bucket}.s3.us-west-2.amazonaws.com`,
        Port: 443,
        ResourcePath: '/failover',
        RequestInterval: 10,
        FailureThreshold: 2,
        Inverted: true,
      },
    }),
  );
  return created.HealthCheck?.Id ?? '';
}
