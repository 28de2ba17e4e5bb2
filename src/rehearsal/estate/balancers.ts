import { z } from 'zod';
import type { Estate } from '../../sim/index.ts';
import { readAlias, readTexts } from './read-input.ts';
import { textIn, type Use, usesOfActions, type Ways } from './uses.ts';

export type Balancer = Estate['balancers'][number];

const addresses = [
  ['203.0.113.10', '203.0.113.11'],
  ['198.51.100.20', '198.51.100.21'],
] as const;

/** One load balancer for each side, called as the steps that lead people to it call it. */
export function balancersOf(ways: Ways, account: string, groups: Estate['targetGroups']): Balancer[] {
  const { active, standby } = ways.regions;
  return [
    { region: active, uses: ways.back },
    { region: standby, uses: ways.there },
  ].map(({ region, uses }, side) => {
    const led = ledTo(uses);
    return {
      region,
      name: 'rehearsal',
      arn: `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${dimensionOf(ways, region) ?? 'app/rehearsal/0'}`,
      dnsName: led.name ?? `rehearsal.${region}.elb.amazonaws.com`,
      zoneId: led.zone ?? 'ZREHEARSALELB',
      addresses: led.addresses ?? [...(addresses[side] ?? addresses[0])],
      targetGroups: groups.filter((group) => group.region === region).map(({ arn }) => arn),
    };
  });
}

interface Led {
  name?: string | undefined;
  zone?: string | undefined;
  addresses?: string[] | undefined;
}

/** Where steps lead people: a name, its hosted zone, or addresses. */
function ledTo(uses: readonly Use[]): Led {
  const [move] = usesOfActions(uses, 'route53.switch-standby', 'route53.upsert-record');
  if (!move) return {};
  const { target, values, type } = move.input;
  const alias = readAlias(move.input.alias);
  if (typeof target === 'string') return { name: target };
  if (alias) return { name: alias.dns_name, zone: alias.zone_id };
  const texts = readTexts(target ?? values) ?? [];
  return type === 'CNAME' ? { name: texts[0] } : texts.length > 0 ? { addresses: texts } : {};
}

/** As CloudWatch calls it, where a step reads its metrics: `app/prod-alb/3333`. */
function dimensionOf({ there, back }: Ways, region: string): string | undefined {
  return usesOfActions([...there, ...back], 'cloudwatch.check-metric')
    .filter((use) => textIn(use, 'region') === region)
    .flatMap(({ input }) => Dimensions.safeParse(input.dimensions).data?.LoadBalancer ?? [])[0];
}

const Dimensions = z.object({ LoadBalancer: z.string().optional() });
